package dev.cairn.protocol.suite;

import java.security.SecureRandom;

/**
 * Where unpredictable bytes come from. The protocol never fetches its own, so that a simulation can
 * be repeated; whoever runs it for real passes {@link #of} a {@code SecureRandom}.
 */
@FunctionalInterface
public interface Randomness {

  /** Fills the whole array. */
  void fill(byte[] bytes);

  /** So many fresh bytes. */
  default byte[] bytes(int sizeBytes) {
    byte[] bytes = new byte[sizeBytes];
    fill(bytes);
    return bytes;
  }

  /** The platform's generator; as safe for several threads as that is. */
  static Randomness of(SecureRandom random) {
    return random::nextBytes;
  }
}
