package dev.cairn.simulation.mutant;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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

  /** Plants all of these; none makes a twin of the code as it is. */
  public MutantLoader(List<Plant> plants) {
    super(MutantLoader.class.getClassLoader());
    this.plants = List.copyOf(plants);
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
    return defineClass(name, bytes, 0, bytes.length);
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
