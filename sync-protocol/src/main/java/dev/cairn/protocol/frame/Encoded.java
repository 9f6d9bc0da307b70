package dev.cairn.protocol.frame;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A value that travels in an entry and that another package reads. Immutable. */
public final class Encoded {

  private final byte[] value;

  private Encoded(byte[] value) {
    this.value = value;
  }

  /** Takes a copy of the bytes. */
  public static Encoded of(byte[] value) {
    return new Encoded(value.clone());
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return value.clone();
  }

  /** Length, in bytes. */
  public int sizeBytes() {
    return value.length;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Encoded encoded && Arrays.equals(value, encoded.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return value.length + " bytes";
  }
}
