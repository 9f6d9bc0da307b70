package dev.cairn.simulation;

import java.nio.file.Path;

/** What worlds are played on. For several threads. */
@FunctionalInterface
public interface Worlds {

  /** On simulated disks. */
  Worlds SIMULATED = Simulation::run;

  /**
   * Plays one.
   *
   * @param folder an empty folder it may use and leaves empty
   */
  Outcome play(long seed, Scope scope, Path folder);
}
