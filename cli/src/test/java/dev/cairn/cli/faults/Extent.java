package dev.cairn.cli.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * How much of a campaign is run: whole under {@code -Pfaults}, else a few faults, so that every
 * build sees each campaign work.
 */
final class Extent {

  /** Of tests that run a campaign whole. */
  static final String TAG = "faults";

  private static final String MISSING =
      "strace is not to be had here, or may not attach to a process of the same user:"
          + " install it, or allow it (kernel.yama.ptrace_scope=0, or root)";

  private Extent() {}

  /** A fault at the n-th of something. */
  @FunctionalInterface
  interface Fault {
    /** Makes it and judges what came of it; false if there were fewer than n. */
    boolean at(long n) throws Exception;
  }

  /** Each n, until there are no more. */
  static void whole(long first, Fault fault) throws Exception {
    long n = first;
    while (fault.at(n)) {
      n++;
    }
  }

  /** These, each of which there has to be. */
  static void few(Fault fault, long... which) throws Exception {
    for (long n : which) {
      if (!fault.at(n)) {
        throw new AssertionError("there are fewer than " + n);
      }
    }
  }

  /** A campaign that was asked for fails without its tool. */
  static void requireStrace() throws Exception {
    if (!Strace.isUsable()) {
      throw new AssertionError(MISSING);
    }
  }

  /** The short form is left out without it. */
  static void assumeStrace() throws Exception {
    assumeTrue(Strace.isUsable(), MISSING);
  }
}
