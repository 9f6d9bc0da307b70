package dev.cairn.simulation;

import java.util.Set;

/**
 * How much of a world is played; shrinking makes it smaller. Leaving something out changes nothing
 * else: every step has chance of its own.
 *
 * @param steps how many steps there are
 * @param skipped steps that do not happen
 */
public record Scope(int steps, Set<Integer> skipped) {

  /** Takes a copy. */
  public Scope {
    skipped = Set.copyOf(skipped);
  }

  /** All of a world. */
  public static final Scope WHOLE = new Scope(120, Set.of());
}
