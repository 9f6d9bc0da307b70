package dev.cairn.protocol.suite;

import java.util.Random;

/** Repeatable bytes for tests. */
public final class SeededRandomness implements Randomness {

  private final Random random;

  /** The same seed gives the same bytes. */
  public SeededRandomness(long seed) {
    this.random = new Random(seed);
  }

  @Override
  public void fill(byte[] bytes) {
    random.nextBytes(bytes);
  }
}
