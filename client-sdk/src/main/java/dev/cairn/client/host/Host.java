package dev.cairn.client.host;

import dev.cairn.protocol.suite.Randomness;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * Time and chance, handed in so that a simulated device can be repeated.
 *
 * @param clock what people call the time; it may be wrong, and may jump
 * @param monotonicMillis a clock that nobody can set
 * @param randomness unpredictable bytes
 */
public record Host(Clock clock, LongSupplier monotonicMillis, Randomness randomness) {

  private static final long NANOS_PER_MILLI = 1_000_000;

  /** The machine this program runs on. */
  public static Host system() {
    return new Host(
        Clock.systemUTC(),
        () -> System.nanoTime() / NANOS_PER_MILLI,
        Randomness.of(new SecureRandom()));
  }

  /** Milliseconds since 1970, as the machine believes. */
  public long nowMillis() {
    return clock.millis();
  }
}
