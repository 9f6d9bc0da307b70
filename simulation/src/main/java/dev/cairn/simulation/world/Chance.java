package dev.cairn.simulation.world;

import dev.cairn.protocol.suite.Randomness;
import java.util.List;
import java.util.Random;

/**
 * All chance of a world. Each step has its own, so that leaving one out does not change what the
 * others do.
 */
final class Chance implements Randomness {

  private final long seed;
  private Random random;

  Chance(long seed) {
    this.seed = seed;
    this.random = of(-1);
  }

  /** Begins the chance of a step. */
  void step(int number) {
    random = of(number);
  }

  private Random of(int number) {
    long mixed = seed * 0x9E3779B97F4A7C15L + number * 0xC2B2AE3D27D4EB4FL;
    mixed ^= mixed >>> 31;
    return new Random(mixed * 0xBF58476D1CE4E5B9L);
  }

  @Override
  public void fill(byte[] bytes) {
    random.nextBytes(bytes);
  }

  /** From 0 to below a bound. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Whether something that happens so often in a hundred happens. */
  boolean percent(int often) {
    return random.nextInt(100) < often;
  }

  /** A size in bytes, small ones more often, up to a bound. */
  long size(long max) {
    double unit = random.nextDouble();
    return (long) (unit * unit * unit * max);
  }

  <T> T of(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
