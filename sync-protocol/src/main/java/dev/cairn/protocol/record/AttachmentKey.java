package dev.cairn.protocol.record;

import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Opens one attachment. It travels inside the change that names the file and is nowhere else. */
public final class AttachmentKey {

  /** Length, in bytes. */
  public static final int SIZE_BYTES = 32;

  private final byte[] value;

  private AttachmentKey(byte[] value) {
    this.value = value;
  }

  /**
   * Takes a copy of the bytes.
   *
   * @throws IllegalArgumentException if there are not exactly {@link #SIZE_BYTES}
   */
  public static AttachmentKey of(byte[] value) {
    if (value.length != SIZE_BYTES) {
      throw new IllegalArgumentException("an attachment key has " + SIZE_BYTES + " bytes");
    }
    return new AttachmentKey(value.clone());
  }

  /** A copy of the secret; the caller wipes it after use. */
  public byte[] reveal() {
    return value.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AttachmentKey key && MessageDigest.isEqual(value, key.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  /** Nothing of the secret. */
  @Override
  public String toString() {
    return "attachment key";
  }
}
