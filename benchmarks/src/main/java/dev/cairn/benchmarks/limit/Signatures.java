package dev.cairn.benchmarks.limit;

import dev.cairn.protocol.suite.Ed25519;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.SigningKey;
import java.security.SecureRandom;

/** Seconds that one signature takes, and one strict verification; of 300 bytes, on one core. */
public final class Signatures {

  private static final int MESSAGE_BYTES = 300;
  private static final double NANOS_PER_SECOND = 1e9;

  private final SigningKey key = SigningKey.generate(Randomness.of(new SecureRandom()));
  private final byte[] message = new byte[MESSAGE_BYTES];
  private final byte[] signature = key.sign(message);

  /** The time of signing once. */
  public double signSeconds() {
    long begin = System.nanoTime();
    byte[] made = key.sign(message);
    return made.length == 0 ? 0 : (System.nanoTime() - begin) / NANOS_PER_SECOND;
  }

  /** The time of verifying once. */
  public double verifySeconds() {
    long begin = System.nanoTime();
    if (!Ed25519.verify(key.verifyingKey(), message, signature)) {
      throw new IllegalStateException("a good signature does not hold");
    }
    return (System.nanoTime() - begin) / NANOS_PER_SECOND;
  }
}
