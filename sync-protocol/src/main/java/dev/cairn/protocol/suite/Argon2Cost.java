package dev.cairn.protocol.suite;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.limits.Limits;

/**
 * How dear one guess at a passphrase is. Too little invites guessing on a seized device; too much,
 * in a file from a stranger, would exhaust the memory of who opens it. Hence bounds on both sides.
 *
 * @param memoryKib memory in KiB
 * @param passes passes over the memory
 * @param lanes parallel lanes; computed one after another here
 */
public record Argon2Cost(int memoryKib, int passes, int lanes) {

  /** Refuses, as a programmer's mistake, what is out of bounds. */
  public Argon2Cost {
    if (!within(memoryKib, Limits.ARGON2_MEMORY_KIB_MIN, Limits.ARGON2_MEMORY_KIB_MAX)
        || !within(passes, Limits.ARGON2_PASSES_MIN, Limits.ARGON2_PASSES_MAX)
        || !within(lanes, Limits.ARGON2_LANES_MIN, Limits.ARGON2_LANES_MAX)) {
      throw new IllegalArgumentException("Argon2id cost out of bounds");
    }
  }

  /**
   * The cost that a file states.
   *
   * @throws MalformedException if it is out of bounds
   */
  public static Argon2Cost stated(long memoryKib, long passes, long lanes)
      throws MalformedException {
    try {
      return new Argon2Cost(saturated(memoryKib), saturated(passes), saturated(lanes));
    } catch (IllegalArgumentException refused) {
      throw new MalformedException("Argon2id cost out of bounds");
    }
  }

  private static boolean within(int value, int min, int max) {
    return value >= min && value <= max;
  }

  private static int saturated(long value) {
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
  }
}
