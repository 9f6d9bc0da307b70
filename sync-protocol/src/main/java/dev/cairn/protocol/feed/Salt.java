package dev.cairn.protocol.feed;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Random bytes in a prefix. Leaf hashes are shown to those who may not read the change; the salt
 * keeps them from being guessed.
 */
public final class Salt {

  /** Length, in bytes. */
  public static final int SIZE_BYTES = 16;

  private final byte[] value;

  private Salt(byte[] value) {
    this.value = value;
  }

  /**
   * Takes a copy of the bytes.
   *
   * @throws IllegalArgumentException if there are not exactly {@link #SIZE_BYTES}
   */
  public static Salt of(byte[] value) {
    if (value.length != SIZE_BYTES) {
      throw new IllegalArgumentException("salt of " + value.length + " bytes");
    }
    return new Salt(value.clone());
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return value.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Salt salt && Arrays.equals(value, salt.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return "salt";
  }
}
