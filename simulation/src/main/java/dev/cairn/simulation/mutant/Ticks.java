package dev.cairn.simulation.mutant;

/**
 * Counts what a world does, so that one which runs for ever is cut after the same step each time.
 * Every jump backwards in the code under test is counted; each loader has a counter of its own, for
 * one thread.
 */
public final class Ticks {

  private static long count;
  private static long most = Long.MAX_VALUE;

  private Ticks() {}

  /** A world did not end. */
  public static final class HungError extends Error {
    private static final long serialVersionUID = 1L;

    HungError() {
      super("hung", null, false, true);
    }
  }

  /** Begins to count. */
  static void begin(long countMax) {
    count = 0;
    most = countMax;
  }

  /** What was counted. */
  static long count() {
    return count;
  }

  /** Called at each jump backwards. */
  public static void tick() {
    if (++count > most) {
      throw new HungError();
    }
  }
}
