package dev.cairn.protocol.feed;

import dev.cairn.protocol.suite.Ed25519;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An Ed25519 signature over a change or a piece of an attachment, good or not. Immutable. */
public final class Signature {

  /** Length, in bytes. */
  public static final int SIZE_BYTES = Ed25519.SIGNATURE_BYTES;

  private final byte[] value;

  private Signature(byte[] value) {
    this.value = value;
  }

  /**
   * Takes a copy of the bytes.
   *
   * @throws IllegalArgumentException if there are not exactly {@link #SIZE_BYTES}
   */
  public static Signature of(byte[] value) {
    if (value.length != SIZE_BYTES) {
      throw new IllegalArgumentException("signature of " + value.length + " bytes");
    }
    return new Signature(value.clone());
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return value.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Signature signature && Arrays.equals(value, signature.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return "signature";
  }
}
