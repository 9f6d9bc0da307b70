package dev.cairn.simulation.mutant;

/** Tries bugs in worlds on real disks. For several threads. */
@FunctionalInterface
public interface DiskTrials {

  /**
   * Tries one.
   *
   * @param firstSeed of the worlds
   * @param lastSeed of the worlds, itself among them
   * @param steps of each world
   */
  Verdict of(Mutant mutant, long firstSeed, long lastSeed, int steps);
}
