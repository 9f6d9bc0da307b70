package dev.cairn.protocol.suite;

import dev.cairn.protocol.limits.Limits;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Argon2id version 1.3 (RFC 9106): a key from a passphrase. Safe for use by several threads. */
public final class Argon2id {

  private Argon2id() {}

  /**
   * Takes as long, and as much memory, as the cost says.
   *
   * @param passphrase its UTF-8 bytes
   * @param salt random, at least {@link Limits#ARGON2_SALT_BYTES_MIN} bytes
   * @param sizeBytes length of the key
   */
  public static Secret derive(Secret passphrase, byte[] salt, Argon2Cost cost, int sizeBytes) {
    if (salt.length < Limits.ARGON2_SALT_BYTES_MIN) {
      throw new IllegalArgumentException("salt is too short");
    }
    return run(
        passphrase,
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.memoryKib())
            .withIterations(cost.passes())
            .withParallelism(cost.lanes())
            .withSalt(salt)
            .build(),
        sizeBytes);
  }

  /** Without our bounds: the vector of RFC 9106 lies below them. */
  static Secret run(Secret passphrase, Argon2Parameters parameters, int sizeBytes) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(parameters);
    byte[] key = new byte[sizeBytes];
    generator.generateBytes(passphrase.expose(), key);
    return Secret.take(key);
  }
}
