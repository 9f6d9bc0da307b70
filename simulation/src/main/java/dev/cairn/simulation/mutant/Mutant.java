package dev.cairn.simulation.mutant;

import java.util.List;

/**
 * A bug that somebody could make.
 *
 * @param name what the bug does
 * @param check who has to notice
 * @param plants what of the code is changed
 * @param seed of a world that showed it when the table was last run, to be played first; 0 if none
 */
public record Mutant(String name, Check check, List<Plant> plants, long seed) {

  /** Who has to notice. */
  public enum Check {
    /** The auditor of a simulated world. */
    WORLD,
    /** The same in a world on real disks; a simulated disk stands below nothing real. */
    DISK,
    /** A signature on which verifiers disagree. */
    SIGNATURE
  }

  /** A bug that no world is known to show. */
  public Mutant(String name, Check check, List<Plant> plants) {
    this(name, check, plants, 0);
  }

  /** Takes a copy. */
  public Mutant {
    plants = List.copyOf(plants);
  }
}
