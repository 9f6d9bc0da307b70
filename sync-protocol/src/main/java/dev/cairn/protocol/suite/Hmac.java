package dev.cairn.protocol.suite;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 (RFC 2104, RFC 4231). Safe for use by several threads. */
public final class Hmac {

  /** Length of the result, in bytes. */
  public static final int SIZE_BYTES = 32;

  private static final String ALGORITHM = "HmacSHA256";

  private Hmac() {}

  /** The code of the parts one after another, to be shown to others: a commitment, a tag. */
  public static byte[] tag(Secret key, byte[]... parts) {
    return compute(key.expose(), parts);
  }

  /** The code of the parts one after another, as the next secret of a chain. */
  public static Secret derive(Secret key, byte[]... parts) {
    return Secret.take(compute(key.expose(), parts));
  }

  static byte[] compute(byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      // The platform refuses an empty key; HMAC pads every short key with zeros, so one is the
      // same.
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, ALGORITHM));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("platform lacks HMAC-SHA256", missing);
    }
  }
}
