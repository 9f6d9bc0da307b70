package dev.cairn.server.identity;

import dev.cairn.protocol.suite.Hmac;
import dev.cairn.protocol.suite.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The key of everything the server gives out and wants to recognise again: nonces, upload
 * addresses. Safe for many threads.
 */
public final class MacKey {

  private static final int MIN_BYTES = 16;

  private final Secret key;

  MacKey(Secret key) {
    this.key = key;
  }

  /** A key of these bytes, which it takes over. */
  public static MacKey of(byte[] key) {
    return new MacKey(Secret.take(key));
  }

  /**
   * The code of a message.
   *
   * @param label says what it is for, so that a code made for one purpose is worthless for another
   */
  public byte[] mac(String label, byte[] message) {
    return Hmac.tag(key, (label + '\0').getBytes(StandardCharsets.US_ASCII), message);
  }

  /** Whether {@code code} begins the code of a message; takes the same time whatever it holds. */
  public boolean accepts(String label, byte[] message, byte[] code) {
    byte[] whole = mac(label, message);
    byte[] expected = Arrays.copyOf(whole, Math.min(code.length, whole.length));
    return code.length >= MIN_BYTES && MessageDigest.isEqual(expected, code);
  }
}
