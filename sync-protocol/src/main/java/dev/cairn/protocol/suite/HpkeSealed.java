package dev.cairn.protocol.suite;

import dev.cairn.protocol.MalformedException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What {@link Hpke} seals: an encapsulated key and the ciphertext under it. Immutable. */
public final class HpkeSealed {

  /** Length of the encapsulated key, in bytes. */
  public static final int ENC_BYTES = 1120;

  /** By how many bytes the two parts together are longer than the plaintext. */
  public static final int OVERHEAD_BYTES = ENC_BYTES + Aead.TAG_BYTES;

  private final byte[] enc;
  private final byte[] ciphertext;

  private HpkeSealed(byte[] enc, byte[] ciphertext) {
    this.enc = enc;
    this.ciphertext = ciphertext;
  }

  /**
   * Puts two parts together again; copies both.
   *
   * @throws MalformedException if the first is not {@link #ENC_BYTES} long or the second is shorter
   *     than a tag
   */
  public static HpkeSealed of(byte[] enc, byte[] ciphertext) throws MalformedException {
    if (enc.length != ENC_BYTES) {
      throw new MalformedException("encapsulated key is not 1120 bytes long");
    }
    if (ciphertext.length < Aead.TAG_BYTES) {
      throw new MalformedException("sealed ciphertext is shorter than its tag");
    }
    return new HpkeSealed(enc.clone(), ciphertext.clone());
  }

  /**
   * Takes apart what {@link #joined} put together.
   *
   * @throws MalformedException if it is too short for both parts
   */
  public static HpkeSealed ofJoined(byte[] joined) throws MalformedException {
    if (joined.length < OVERHEAD_BYTES) {
      throw new MalformedException("sealed bytes are too short");
    }
    return new HpkeSealed(
        Arrays.copyOf(joined, ENC_BYTES), Arrays.copyOfRange(joined, ENC_BYTES, joined.length));
  }

  static HpkeSealed take(byte[] enc, byte[] ciphertext) {
    return new HpkeSealed(enc, ciphertext);
  }

  /** A copy of the encapsulated key. */
  public byte[] enc() {
    return enc.clone();
  }

  /** A copy of the ciphertext with its tag. */
  public byte[] ciphertext() {
    return ciphertext.clone();
  }

  /** Both parts in one. */
  public byte[] joined() {
    byte[] joined = Arrays.copyOf(enc, enc.length + ciphertext.length);
    System.arraycopy(ciphertext, 0, joined, enc.length, ciphertext.length);
    return joined;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HpkeSealed sealed
        && Arrays.equals(enc, sealed.enc)
        && Arrays.equals(ciphertext, sealed.ciphertext);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ciphertext);
  }

  @Override
  public String toString() {
    return "sealed " + (ciphertext.length - Aead.TAG_BYTES) + " bytes";
  }
}
