package dev.cairn.protocol.suite;

import dev.cairn.protocol.limits.Limits;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HKDF-Expand with SHA-512 (RFC 5869 section 2.3), for the one place whose published format asks
 * for that hash: encrypted attachments. Everything else takes {@link Hkdf}. Safe for use by several
 * threads.
 */
public final class HkdfSha512 {

  private static final String ALGORITHM = "HmacSHA512";

  private HkdfSha512() {}

  /**
   * Expand.
   *
   * @param pseudorandomKey uniformly random bytes, at least one
   * @param info what the result is for
   * @param sizeBytes from 1 to {@link Limits#HKDF_SHA512_OUTPUT_BYTES_MAX}
   */
  public static Secret expand(Secret pseudorandomKey, byte[] info, int sizeBytes) {
    if (sizeBytes < 1 || sizeBytes > Limits.HKDF_SHA512_OUTPUT_BYTES_MAX) {
      throw new IllegalArgumentException("HKDF-SHA512 cannot give " + sizeBytes + " bytes");
    }
    byte[] output = new byte[sizeBytes];
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(pseudorandomKey.expose(), ALGORITHM));
      byte[] block = new byte[0];
      for (int done = 0, counter = 1; done < sizeBytes; done += block.length, counter++) {
        mac.update(block);
        mac.update(info);
        mac.update((byte) counter);
        block = mac.doFinal();
        System.arraycopy(block, 0, output, done, Math.min(block.length, sizeBytes - done));
      }
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("platform lacks HMAC-SHA512", missing);
    }
    return Secret.take(output);
  }
}
