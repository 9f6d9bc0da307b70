package dev.cairn.simulation.mutant;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Something to plant bugs in. Public, and called through a loader. */
public final class Specimen {

  private Specimen() {}

  /** Whether there is none. */
  public static Boolean isEmpty() {
    return Set.of("something").isEmpty() ? Boolean.TRUE : Boolean.FALSE;
  }

  /** Whether it is there, asked by a lambda. */
  public static Boolean anyEmpty() {
    return List.of(Set.of("something")).stream().anyMatch(set -> set.isEmpty());
  }

  /** What was kept. */
  public static List<String> kept() {
    List<String> kept = new ArrayList<>();
    kept.add("one");
    kept.clear();
    kept.add("two");
    return kept;
  }

  static boolean allowed() {
    return false;
  }

  /** Whether it is allowed. */
  public static Boolean mayGo() {
    return allowed();
  }

  /** Runs for ever. */
  public static void spin() {
    int turns = 0;
    while (turns >= 0) {
      turns = (turns + 1) & 0xFF;
    }
  }
}
