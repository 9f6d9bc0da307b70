package dev.cairn.simulation.mutant;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Loads all of Cairn anew, with bugs planted, beside the Cairn that runs. Libraries are shared:
 * only what is tested is changed. For one world at a time.
 */
public final class MutantLoader extends ClassLoader {

  private static final String OURS = "dev.cairn.";

  /** Classes with their ticks, which every mutant needs. */
  private static final Map<String, byte[]> TICKING = new ConcurrentHashMap<>();

  private final List<Plant> plants;
  private final List<Plant> watching;

  /** Plants all of these; none makes a twin of the code as it is. */
  public MutantLoader(List<Plant> plants) {
    this(plants, List.of());
  }

  private MutantLoader(List<Plant> plants, List<Plant> watching) {
    super(MutantLoader.class.getClassLoader());
    this.plants = List.copyOf(plants);
    this.watching = watching;
  }

  /** The same, where what becomes of files is written down. */
  public static MutantLoader watchingDisks(List<Plant> plants) {
    String durable = "client.vault.DurableFile";
    String connect = "DriverManager.getConnection";
    List<Plant> watching = new ArrayList<>();
    watching.add(new Plant("server.sqlite.Sql", "open", new Edit.CallBecomes(connect, "connect")));
    watching.add(
        new Plant(
            "client.sqlite.SqliteRowStore", "open", new Edit.CallBecomes(connect, "connectWith")));
    for (String method : List.of("write", "syncFolder")) {
      watching.add(new Plant(durable, method, new Edit.CallBecomes("FileChannel.open", "open")));
      watching.add(new Plant(durable, method, new Edit.CallBecomes("FileChannel.force", "force")));
    }
    for (String method : List.of("replace", "rename")) {
      watching.add(new Plant(durable, method, new Edit.CallBecomes("Files.move", "move")));
    }
    return new MutantLoader(plants, watching);
  }

  /**
   * Loads every class that is changed, which the virtual machine then checks.
   *
   * @throws StaleMutantException if one cannot be changed as the table says
   */
  public void check() {
    Set<String> changed = new HashSet<>();
    plants.forEach(plant -> changed.add(plant.className()));
    for (String name : changed) {
      try {
        Class.forName(name, true, this);
      } catch (ClassNotFoundException e) {
        throw new StaleMutantException(plantOf(name), "there is no such class");
      } catch (LinkageError e) {
        throw new StaleMutantException(plantOf(name), String.valueOf(e.getMessage()));
      }
    }
  }

  private Plant plantOf(String className) {
    return plants.stream()
        .filter(plant -> plant.className().equals(className))
        .findFirst()
        .orElseThrow();
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = TICKING.get(name);
    if (bytes == null) {
      bytes = Ticking.of(read(name));
      TICKING.put(name, bytes);
    }
    for (Plant plant : plants) {
      if (plant.className().equals(name)) {
        bytes = Planting.into(bytes, plant);
      }
    }
    for (Plant watch : watching) {
      if (watch.className().equals(name)) {
        bytes = watched(bytes, watch);
      }
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  /** What a mutant took away cannot be watched. */
  private byte[] watched(byte[] type, Plant watch) {
    try {
      return Planting.into(type, watch);
    } catch (StaleMutantException e) {
      if (plants.stream().anyMatch(plant -> plant.className().equals(watch.className()))) {
        return type;
      }
      throw e;
    }
  }

  private byte[] read(String name) throws ClassNotFoundException {
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
