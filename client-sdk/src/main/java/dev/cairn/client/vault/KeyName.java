package dev.cairn.client.vault;

import dev.cairn.protocol.encoding.Hex;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a key that can be destroyed is kept under; no secret, but it never leaves the ring. */
public final class KeyName {

  /** Length of the longest name, in bytes. */
  public static final int SIZE_BYTES_MAX = 64;

  private final byte[] value;

  private KeyName(byte[] value) {
    this.value = value;
  }

  /**
   * A name.
   *
   * @param value 1 to {@link #SIZE_BYTES_MAX} bytes
   */
  public static KeyName of(byte[] value) {
    if (value.length == 0 || value.length > SIZE_BYTES_MAX) {
      throw new IllegalArgumentException("key name of " + value.length + " bytes");
    }
    return new KeyName(value.clone());
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return value.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KeyName name && Arrays.equals(value, name.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return Hex.encode(value);
  }
}
