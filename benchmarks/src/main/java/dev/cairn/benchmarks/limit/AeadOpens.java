package dev.cairn.benchmarks.limit;

import dev.cairn.protocol.suite.Aead;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import java.security.SecureRandom;

/** Ciphertexts a second that are checked and decrypted, on one core, each under its own key. */
public final class AeadOpens {

  private static final int KEYS = 64;
  private static final int AAD_BYTES = 300;

  private AeadOpens() {}

  /** Of plaintexts of a size, with 300 bytes of associated data. */
  public static double perSecond(int plaintextBytes, long millis) throws Exception {
    Randomness randomness = Randomness.of(new SecureRandom());
    Secret[] keys = new Secret[KEYS];
    byte[][] sealed = new byte[KEYS][];
    byte[] nonce = randomness.bytes(Aead.NONCE_BYTES);
    byte[] aad = randomness.bytes(AAD_BYTES);
    for (int i = 0; i < KEYS; i++) {
      keys[i] = Secret.random(Aead.KEY_BYTES, randomness);
      sealed[i] = Aead.seal(keys[i], nonce, aad, new byte[plaintextBytes]);
    }
    return Timing.perSecond(
        () -> {
          for (int i = 0; i < KEYS; i++) {
            Aead.open(keys[i], nonce, aad, sealed[i]);
          }
          return KEYS;
        },
        millis);
  }
}
