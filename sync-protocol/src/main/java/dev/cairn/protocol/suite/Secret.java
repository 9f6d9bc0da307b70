package dev.cairn.protocol.suite;

import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes nobody else may learn: not printed, compared in constant time, wiped when done.
 *
 * <p>Wiping shortens the time in which a memory image of a seized device holds the bytes. It cannot
 * reach copies which the virtual machine or a cipher made.
 *
 * <p>Not safe for use by one thread while another wipes.
 */
public final class Secret {

  private final byte[] value;
  private boolean wiped;

  private Secret(byte[] value) {
    this.value = value;
  }

  /** Copies the bytes; the caller's array stays the caller's to wipe. */
  public static Secret copyOf(byte[] value) {
    return new Secret(value.clone());
  }

  /** Takes the array itself: the caller gives it up, and it is wiped with the secret. */
  public static Secret take(byte[] value) {
    return new Secret(value);
  }

  /** Fresh random bytes. */
  public static Secret random(int sizeBytes, Randomness randomness) {
    return take(randomness.bytes(sizeBytes));
  }

  /**
   * The bytes themselves, not a copy: they must be neither kept nor changed. Every use of a
   * secret's content goes through here, so that all of them can be found.
   *
   * @throws IllegalStateException after {@link #wipe}
   */
  public byte[] expose() {
    if (wiped) {
      throw new IllegalStateException("secret is wiped");
    }
    return value;
  }

  /** How many bytes it has; no secret. */
  public int sizeBytes() {
    return value.length;
  }

  /** Overwrites the bytes; from now on they cannot be had. May be repeated. */
  public void wipe() {
    wiped = true;
    Arrays.fill(value, (byte) 0);
  }

  /**
   * Takes as long for the first differing byte as for the last. A wiped secret equals only itself.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    if (this == other) {
      return true;
    }
    return other instanceof Secret secret
        && !wiped
        && !secret.wiped
        && MessageDigest.isEqual(value, secret.value);
  }

  /** The same for all secrets of one length: a hash of the content would be a trace of it. */
  @Override
  public int hashCode() {
    return value.length;
  }

  /** Length only. */
  @Override
  public String toString() {
    return "secret of " + value.length + " bytes";
  }
}
