package dev.cairn.protocol.suite;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256 (FIPS 180-4), at once or piece by piece.
 *
 * <p>One instance hashes one message and belongs to one thread; the static methods are for all.
 */
public final class Sha256 {

  private final MessageDigest digest = newDigest();

  /** Begins a message that is not in memory at once. */
  public Sha256() {}

  /** Appends the whole array. */
  public Sha256 update(byte[] bytes) {
    digest.update(bytes);
    return this;
  }

  /** Appends a part of an array. */
  public Sha256 update(byte[] bytes, int offset, int length) {
    digest.update(bytes, offset, length);
    return this;
  }

  /** The hash of everything appended; the next message begins empty. */
  public Digest digest() {
    return Digest.take(digest.digest());
  }

  /** The hash of the parts one after another, with nothing to tell where one ends. */
  public static Digest of(byte[]... parts) {
    MessageDigest digest = newDigest();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return Digest.take(digest.digest());
  }

  /**
   * SHA-256(label || 0x00 || parts...), written {@code H(label, x...)} in the protocol. The label
   * keeps hashes made for one purpose from being presented for another.
   *
   * @param label printable ASCII, so that it cannot hold the zero byte that ends it
   * @param parts of fixed lengths, or at most one of variable length
   */
  public static Digest labelled(String label, byte[]... parts) {
    MessageDigest digest = newDigest();
    digest.update(ascii(label));
    digest.update((byte) 0);
    for (byte[] part : parts) {
      digest.update(part);
    }
    return Digest.take(digest.digest());
  }

  /** Labels are constants of the program: printable ASCII or a programmer's mistake. */
  static byte[] ascii(String label) {
    for (int i = 0; i < label.length(); i++) {
      if (label.charAt(i) < ' ' || label.charAt(i) > '~') {
        throw new IllegalArgumentException("label is not printable ASCII");
      }
    }
    return label.getBytes(StandardCharsets.US_ASCII);
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("platform lacks SHA-256", missing);
    }
  }
}
