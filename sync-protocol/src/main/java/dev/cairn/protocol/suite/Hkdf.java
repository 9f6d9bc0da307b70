package dev.cairn.protocol.suite;

import dev.cairn.protocol.limits.Limits;

/** HKDF-SHA256 (RFC 5869). Safe for use by several threads. */
public final class Hkdf {

  private Hkdf() {}

  /**
   * Extract, RFC 5869 section 2.2.
   *
   * @param salt need not be secret; empty counts as 32 zeros
   * @param inputKey secret, of any length and any distribution
   */
  public static Secret extract(byte[] salt, Secret inputKey) {
    return Secret.take(Hmac.compute(salt, inputKey.expose()));
  }

  /**
   * Expand, RFC 5869 section 2.3.
   *
   * @param pseudorandomKey at least 32 bytes that look random: from {@link #extract}, or an HMAC
   * @param info what the result is for
   * @param sizeBytes from 1 to {@link Limits#HKDF_OUTPUT_BYTES_MAX}
   */
  public static Secret expand(Secret pseudorandomKey, byte[] info, int sizeBytes) {
    if (sizeBytes < 1 || sizeBytes > Limits.HKDF_OUTPUT_BYTES_MAX) {
      throw new IllegalArgumentException("HKDF cannot give " + sizeBytes + " bytes");
    }
    byte[] output = new byte[sizeBytes];
    byte[] block = new byte[0];
    for (int done = 0, counter = 1; done < sizeBytes; done += block.length, counter++) {
      block = Hmac.compute(pseudorandomKey.expose(), block, info, new byte[] {(byte) counter});
      System.arraycopy(block, 0, output, done, Math.min(block.length, sizeBytes - done));
    }
    return Secret.take(output);
  }

  /** Expand with an ASCII label as info. */
  public static Secret expand(Secret pseudorandomKey, String label, int sizeBytes) {
    return expand(pseudorandomKey, Sha256.ascii(label), sizeBytes);
  }

  /** Extract and expand in one. */
  public static Secret derive(Secret inputKey, byte[] salt, String label, int sizeBytes) {
    Secret pseudorandomKey = extract(salt, inputKey);
    try {
      return expand(pseudorandomKey, label, sizeBytes);
    } finally {
      pseudorandomKey.wipe();
    }
  }
}
