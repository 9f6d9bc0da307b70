package dev.cairn.protocol.id;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.encoding.BytewiseOrder;
import dev.cairn.protocol.encoding.Hex;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An immutable run of bytes of a known length; equal only to its own kind. Each kind is itself
 * {@code Comparable}, which also keeps hash maps quick when an attacker chooses colliding ids.
 */
abstract class FixedBytes {

  private final byte[] value;

  FixedBytes(byte[] value, int sizeBytes) {
    if (value.length != sizeBytes) {
      throw new IllegalArgumentException(
          getClass().getSimpleName() + " has " + sizeBytes + " bytes, not " + value.length);
    }
    this.value = value.clone();
  }

  static byte[] parse(String hex, int sizeBytes) throws MalformedException {
    if (hex.length() != 2 * sizeBytes) {
      throw new MalformedException("id is not " + 2 * sizeBytes + " hexadecimal digits");
    }
    return Hex.decode(hex);
  }

  /** A copy of the bytes. */
  public final byte[] bytes() {
    return value.clone();
  }

  final int compareBytes(FixedBytes other) {
    return BytewiseOrder.compare(value, other.value);
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof FixedBytes id
        && getClass() == id.getClass()
        && Arrays.equals(value, id.value);
  }

  @Override
  public final int hashCode() {
    return Arrays.hashCode(value);
  }

  /** The bytes as lower-case hexadecimal digits, which {@code parse} reads back. */
  @Override
  public final String toString() {
    return Hex.encode(value);
  }
}
