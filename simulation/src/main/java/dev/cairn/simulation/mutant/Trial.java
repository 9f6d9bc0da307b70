package dev.cairn.simulation.mutant;

import dev.cairn.simulation.Folders;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tries mutants: plays worlds with the bug planted until something is found that the code as it is
 * does not show in the same world. For one thread, but several may share what was found without.
 */
final class Trial {

  /** A world with a bug may do this many times what it does without. */
  private static final long TICKS_FACTOR = 12;

  private final Folders folders;
  private final int steps;
  private final Honest honest;
  private final DiskTrials disks;
  private final @Nullable Path record;
  private final MutantLoader twin = new MutantLoader(List.of());

  private Trial(
      Folders folders, int steps, Honest honest, DiskTrials disks, @Nullable Path record) {
    this.folders = folders;
    this.steps = steps;
    this.honest = honest;
    this.disks = disks;
    this.record = record;
  }

  /**
   * Begins.
   *
   * @param folders where worlds are played
   * @param steps of each world
   * @param honest what was found without any bug
   * @param disks tries what no simulated disk shows
   */
  Trial(Folders folders, int steps, Honest honest, DiskTrials disks) {
    this(folders, steps, honest, disks, null);
  }

  /** The same on real disks, in a process whose calls are recorded. */
  static Trial onRealDisks(Folders folders, int steps, Honest honest, Path record) {
    DiskTrials here =
        (mutant, first, last, each) -> {
          throw new IllegalStateException("these are the real disks");
        };
    return new Trial(folders, steps, honest, here, record);
  }

  /** What worlds without any bug came to. For many threads. */
  static final class Honest {
    private final Map<Long, Played> bySeed = new ConcurrentHashMap<>();
  }

  /** What a world came to. */
  private record Played(List<String> found, long ticks) {

    Set<String> kinds() {
      Set<String> kinds = new HashSet<>();
      for (String each : found) {
        kinds.add(kind(each));
      }
      return kinds;
    }
  }

  /**
   * Tries one, first of all in the world that is known to show it.
   *
   * @param firstSeed of the worlds
   * @param lastSeed of the worlds, itself among them
   */
  Verdict of(Mutant mutant, long firstSeed, long lastSeed) {
    if (mutant.check() == Mutant.Check.SIGNATURE) {
      return once(mutant);
    }
    if (mutant.check() == Mutant.Check.DISK && record == null) {
      return disks.of(mutant, firstSeed, lastSeed, steps);
    }
    MutantLoader loader = new MutantLoader(mutant.plants());
    Set<Long> seeds = new LinkedHashSet<>();
    if (mutant.seed() > 0) {
      seeds.add(mutant.seed());
    }
    for (long seed = firstSeed; seed <= lastSeed; seed++) {
      seeds.add(seed);
    }
    for (long seed : seeds) {
      Played before = honest(seed);
      long ticksMax = TICKS_FACTOR * Math.max(1, before.ticks());
      for (String found : play(loader, seed, ticksMax).found()) {
        if (!before.kinds().contains(kind(found))) {
          return caught(mutant, seed, found);
        }
      }
    }
    return new Verdict(mutant.name(), null, null, null);
  }

  private static Verdict once(Mutant mutant) {
    List<String> before = texts(call(new MutantLoader(List.of()), "signature"));
    for (String found : texts(call(new MutantLoader(mutant.plants()), "signature"))) {
      if (!before.contains(found)) {
        return caught(mutant, 0, found);
      }
    }
    return new Verdict(mutant.name(), null, null, null);
  }

  private static Verdict caught(Mutant mutant, long seed, String found) {
    String what = found.substring(found.indexOf(Inside.BETWEEN) + 1);
    return new Verdict(mutant.name(), seed, promise(found), what);
  }

  /** The promise, and the word with which a finding of the auditor begins. */
  private static String kind(String found) {
    int colon = found.indexOf(": ");
    return colon < 0 ? found : found.substring(0, colon);
  }

  private static String promise(String found) {
    return found.substring(0, found.indexOf(Inside.BETWEEN));
  }

  private Played honest(long seed) {
    Played known = honest.bySeed.get(seed);
    if (known == null) {
      known = play(twin, seed, Long.MAX_VALUE);
      honest.bySeed.put(seed, known);
    }
    return known;
  }

  private Played play(MutantLoader loader, long seed, long ticksMax) {
    Path folder = folders.make();
    try {
      List<String> found = texts(played(loader, seed, folder, ticksMax));
      return new Played(found, (Long) call(loader, "ticks"));
    } finally {
      folders.remove(folder);
    }
  }

  private Object played(MutantLoader loader, long seed, Path folder, long ticksMax) {
    return record == null
        ? call(loader, "world", seed, steps, folder, ticksMax)
        : call(loader, "onRealDisks", seed, steps, folder, ticksMax, record);
  }

  private static List<String> texts(Object list) {
    List<String> texts = new ArrayList<>();
    ((List<?>) list).forEach(each -> texts.add((String) each));
    return texts;
  }

  private static Object call(MutantLoader loader, String method, Object... arguments) {
    try {
      for (var each : Class.forName(Inside.class.getName(), true, loader).getMethods()) {
        if (each.getName().equals(method)) {
          return each.invoke(null, arguments);
        }
      }
      throw new IllegalStateException("Inside has no " + method);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
