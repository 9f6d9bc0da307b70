package dev.cairn.protocol.feed;

import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Sha256;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The sealed body of a change. It stands beside the payload, so that it can be erased. Immutable.
 */
public final class Ciphertext {

  private final byte[] value;

  private Ciphertext(byte[] value) {
    this.value = value;
  }

  /** Takes a copy of the bytes. */
  public static Ciphertext of(byte[] value) {
    return new Ciphertext(value.clone());
  }

  /** Takes the array itself, which nobody else holds. */
  static Ciphertext owning(byte[] value) {
    return new Ciphertext(value);
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return value.clone();
  }

  /** The array itself, for readers in this package that do not change it. */
  byte[] array() {
    return value;
  }

  /** Length with the authentication tag, in bytes. */
  public int sizeBytes() {
    return value.length;
  }

  /** What the tail says of it. */
  public Digest hash() {
    return Sha256.of(value);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Ciphertext ciphertext && Arrays.equals(value, ciphertext.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return "ciphertext of " + value.length + " bytes";
  }
}
