package dev.cairn.protocol.suite;

import dev.cairn.protocol.encoding.BytewiseOrder;
import dev.cairn.protocol.encoding.Hex;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An immutable SHA-256 hash. Hashes are public: they are compared in ordinary time. */
public final class Digest implements Comparable<Digest> {

  /** Length in bytes. */
  public static final int SIZE_BYTES = 32;

  private final byte[] value;

  private Digest(byte[] value) {
    this.value = value;
  }

  /**
   * Takes a copy of the bytes.
   *
   * @throws IllegalArgumentException if there are not exactly {@link #SIZE_BYTES}
   */
  public static Digest of(byte[] value) {
    if (value.length != SIZE_BYTES) {
      throw new IllegalArgumentException("digest has 32 bytes, not " + value.length);
    }
    return new Digest(value.clone());
  }

  static Digest take(byte[] value) {
    return new Digest(value);
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return value.clone();
  }

  @Override
  public int compareTo(Digest other) {
    return BytewiseOrder.compare(value, other.value);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Digest digest && Arrays.equals(value, digest.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  /** The bytes as lower-case hexadecimal digits. */
  @Override
  public String toString() {
    return Hex.encode(value);
  }
}
