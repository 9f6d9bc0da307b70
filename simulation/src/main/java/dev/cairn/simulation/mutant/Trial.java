package dev.cairn.simulation.mutant;

import dev.cairn.simulation.Folders;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tries mutants: plays worlds with the bug planted until something is found that the code as it is
 * does not show in the same world. For one thread, but several may share what was found without.
 */
final class Trial {

  /** A world with a bug may do this many times what it does without. */
  private static final long TICKS_FACTOR = 50;

  private final Folders folders;
  private final int steps;
  private final Honest honest;
  private final MutantLoader twin = new MutantLoader(List.of());

  /**
   * Begins.
   *
   * @param folders where worlds are played
   * @param steps of each world
   * @param honest what was found without any bug
   */
  Trial(Folders folders, int steps, Honest honest) {
    this.folders = folders;
    this.steps = steps;
    this.honest = honest;
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
   * Tries one.
   *
   * @param firstSeed of the worlds
   * @param lastSeed of the worlds, itself among them
   */
  Verdict of(Mutant mutant, long firstSeed, long lastSeed) {
    if (mutant.check() != Mutant.Check.WORLD) {
      return once(mutant);
    }
    MutantLoader loader = new MutantLoader(mutant.plants());
    for (long seed = firstSeed; seed <= lastSeed; seed++) {
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

  private Verdict once(Mutant mutant) {
    List<String> before = check(mutant.check(), List.of());
    for (String found : check(mutant.check(), mutant.plants())) {
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

  private List<String> check(Mutant.Check check, List<Plant> plants) {
    if (check == Mutant.Check.SIGNATURE) {
      return texts(call(new MutantLoader(plants), "signature"));
    }
    Path folder = folders.make();
    try {
      return texts(call(MutantLoader.watchingDisks(plants), "disk", folder));
    } finally {
      folders.remove(folder);
    }
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
      List<String> found = texts(call(loader, "world", seed, steps, folder, ticksMax));
      return new Played(found, (Long) call(loader, "ticks"));
    } finally {
      folders.remove(folder);
    }
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
