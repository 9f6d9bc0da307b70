package dev.cairn.simulation.mutant;

import org.jspecify.annotations.Nullable;

/**
 * What became of a mutant.
 *
 * @param name of the mutant
 * @param seed of the world in which it was caught; null if it was not, 0 where no world was played
 * @param promise that was found broken
 * @param what was found
 */
public record Verdict(
    String name, @Nullable Long seed, @Nullable String promise, @Nullable String what) {

  /** Whether somebody noticed. */
  public boolean caught() {
    return seed != null;
  }
}
