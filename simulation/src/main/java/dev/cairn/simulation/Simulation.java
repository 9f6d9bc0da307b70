package dev.cairn.simulation;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Plays worlds. Each is one thread and the same every time. */
public final class Simulation {

  private Simulation() {}

  /**
   * Plays one world.
   *
   * @param folder an empty folder it may use and leaves empty; best one in memory
   */
  public static Outcome run(long seed, Scope scope, Path folder) {
    return new Outcome(seed, List.of(), Map.of(), "");
  }
}
