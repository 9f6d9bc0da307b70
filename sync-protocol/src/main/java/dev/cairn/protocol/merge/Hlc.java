package dev.cairn.protocol.merge;

import dev.cairn.protocol.limits.Limits;

/**
 * The hybrid logical clock of Kulkarni et al. (2014): a {@code long} of 48 bits of milliseconds and
 * 16 bits of counter, so that clocks compare as numbers. It follows the device's own time while
 * that moves forward and never falls behind what the device has seen.
 *
 * <p>Pure functions; the writer keeps the last value. A merge takes any clock as it is.
 */
public final class Hlc {

  /** The greatest clock: the wire carries 63 bits. */
  public static final long MAX = Long.MAX_VALUE;

  /** The latest time a clock can tell, in milliseconds. */
  public static final long MILLIS_MAX = MAX >>> Hlc.COUNTER_BITS;

  private static final int COUNTER_BITS = 16;
  private static final long COUNTER_MASK = (1L << COUNTER_BITS) - 1;

  private Hlc() {}

  /**
   * A clock from its parts.
   *
   * @throws IllegalArgumentException if a part is out of range
   */
  public static long of(long millis, int counter) {
    if (millis < 0 || millis > MILLIS_MAX || counter < 0 || counter > COUNTER_MASK) {
      throw new IllegalArgumentException("clock part out of range");
    }
    return millis << COUNTER_BITS | counter;
  }

  /** The time a clock tells, in milliseconds since 1970. */
  public static long millis(long clock) {
    return clock >>> COUNTER_BITS;
  }

  /** The place of a clock among those of its millisecond, from 0. */
  public static int counter(long clock) {
    return (int) (clock & COUNTER_MASK);
  }

  /**
   * The clock of a new change: above every clock this device wrote or followed. A full counter runs
   * over into the milliseconds.
   *
   * @param last what this device wrote or followed last, 0 at first
   * @param deviceMillis the device's own time; what no clock can tell counts as the nearest it can
   * @throws IllegalArgumentException if {@code last} is no clock, or the last one there is
   */
  public static long now(long last, long deviceMillis) {
    if (last < 0 || last == MAX) {
      throw new IllegalArgumentException("no clock comes after this one");
    }
    return Math.max(last + 1, bounded(deviceMillis) << COUNTER_BITS);
  }

  /**
   * What this device follows after it has seen another's clock: the greater of the two, but its own
   * if the other is more than a day ahead of the device. One wrong clock must not carry a whole
   * group into the future.
   *
   * @param own what this device wrote or followed last, 0 at first
   * @param remote the clock of a change by another
   * @param deviceMillis the device's own time
   */
  public static long observe(long own, long remote, long deviceMillis) {
    if (millis(remote) - bounded(deviceMillis) > Limits.CLOCK_AHEAD_MILLIS_MAX) {
      return own;
    }
    return Math.max(own, remote);
  }

  /** Device time minus clock time, in milliseconds: what a change tells beside its clock. */
  public static long skew(long clock, long deviceMillis) {
    return bounded(deviceMillis) - millis(clock);
  }

  private static long bounded(long deviceMillis) {
    return Math.max(0, Math.min(deviceMillis, MILLIS_MAX));
  }
}
