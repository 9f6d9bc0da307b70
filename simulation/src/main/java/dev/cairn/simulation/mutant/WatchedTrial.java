package dev.cairn.simulation.mutant;

import dev.cairn.simulation.Folders;
import java.nio.file.Path;

/** Tries mutants in worlds on real disks, in a process whose calls are recorded. */
public final class WatchedTrial {

  private final Folders folders;
  private final Path record;
  private final Trial.Honest honest = new Trial.Honest();

  /**
   * Tries here.
   *
   * @param record where the calls of this process are recorded
   */
  public WatchedTrial(Folders folders, Path record) {
    this.folders = folders;
    this.record = record;
  }

  /** Tries the mutant of this name. */
  public Verdict of(String name, long firstSeed, long lastSeed, int steps) {
    Mutant mutant =
        Mutants.all().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    return Trial.onRealDisks(folders, steps, honest, record).of(mutant, firstSeed, lastSeed);
  }
}
