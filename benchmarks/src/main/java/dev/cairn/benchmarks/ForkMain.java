package dev.cairn.benchmarks;

import dev.cairn.benchmarks.harness.Forks;

/** A process that measures one family of rows; started by {@link Benchmarks}, not by people. */
public final class ForkMain {
  private ForkMain() {}

  /** Takes its job from standard input. */
  public static void main(String[] args) throws Exception {
    Forks.serve(Benchmarks::family);
    // Threads of clients and servers may linger; what was measured is told.
    System.exit(0);
  }
}
