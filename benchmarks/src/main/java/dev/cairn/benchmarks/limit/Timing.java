package dev.cairn.benchmarks.limit;

/** A loop that runs for a while and tells how long a turn took. */
final class Timing {

  private static final double NANOS_PER_SECOND = 1e9;

  private Timing() {}

  /** One turn. */
  @FunctionalInterface
  interface Turn {
    /** Returns how much it did. */
    long run() throws Exception;
  }

  /** How much is done in a second, over at least so long; at least one turn. */
  static double perSecond(Turn turn, long millis) throws Exception {
    long begin = System.nanoTime();
    long end = begin + millis * 1_000_000;
    long done = 0;
    long now;
    do {
      done += turn.run();
      now = System.nanoTime();
    } while (now < end);
    return done / ((now - begin) / NANOS_PER_SECOND);
  }
}
