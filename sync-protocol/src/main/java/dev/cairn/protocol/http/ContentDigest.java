package dev.cairn.protocol.http;

import dev.cairn.protocol.suite.Sha256;
import java.util.Base64;

/**
 * The {@code Content-Digest} of a body: always and only SHA-256.
 *
 * <p>Source: RFC 9530 section 2.
 */
public final class ContentDigest {

  private ContentDigest() {}

  /** The header's value for a body: {@code sha-256=:BASE64:}. */
  public static String of(byte[] body) {
    return "sha-256=:" + Base64.getEncoder().encodeToString(Sha256.of(body).bytes()) + ":";
  }

  /** Whether a header's value is the one for this body. Nothing secret is compared. */
  public static boolean matches(String header, byte[] body) {
    return of(body).equals(header);
  }
}
