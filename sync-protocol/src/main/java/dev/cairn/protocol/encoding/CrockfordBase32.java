package dev.cairn.protocol.encoding;

import dev.cairn.protocol.MalformedException;
import java.util.Arrays;

/**
 * Bytes as text that people copy by hand and read out over a bad line: Crockford's base 32, five
 * bits a character, first bit first, the last character filled up with zero bits.
 *
 * <p>Reading forgives what eyes and ears confuse: small letters, {@code O} for zero, {@code I} and
 * {@code L} for one, and spaces, hyphens and line breaks anywhere. Writing has one form.
 *
 * <p>Source: Douglas Crockford, "Base 32" (without its check symbol).
 */
public final class CrockfordBase32 {

  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int BITS_PER_CHAR = 5;

  private CrockfordBase32() {}

  /** Characters that hold this many bytes. */
  public static int length(int sizeBytes) {
    return (8 * sizeBytes + BITS_PER_CHAR - 1) / BITS_PER_CHAR;
  }

  /** Writes the bytes without any separator. */
  public static String encode(byte[] bytes) {
    StringBuilder text = new StringBuilder(length(bytes.length));
    int bits = 0;
    int held = 0;
    for (byte next : bytes) {
      bits = bits << 8 | (next & 0xff);
      for (held += 8; held >= BITS_PER_CHAR; held -= BITS_PER_CHAR) {
        text.append(ALPHABET.charAt(bits >> (held - BITS_PER_CHAR) & 31));
      }
      bits &= 31;
    }
    if (held > 0) {
      text.append(ALPHABET.charAt(bits << (BITS_PER_CHAR - held) & 31));
    }
    return text.toString();
  }

  /** Sets a hyphen after every {@code size} characters, so that eyes keep their place. */
  public static String grouped(String text, int size) {
    StringBuilder grouped = new StringBuilder(text.length() + text.length() / size);
    for (int i = 0; i < text.length(); i++) {
      if (i > 0 && i % size == 0) {
        grouped.append('-');
      }
      grouped.append(text.charAt(i));
    }
    return grouped.toString();
  }

  /**
   * The one spelling of what somebody typed: capitals and digits of the alphabet, nothing between.
   *
   * @throws MalformedException if a character is neither of the alphabet, nor confused with one,
   *     nor a separator
   */
  public static String normalise(String typed) throws MalformedException {
    StringBuilder text = new StringBuilder(typed.length());
    for (int i = 0; i < typed.length(); i++) {
      char c = typed.charAt(i);
      if (!isSeparator(c)) {
        text.append(normalise(c, i));
      }
    }
    return text.toString();
  }

  private static boolean isSeparator(char c) {
    return c == '-' || c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  private static char normalise(char typed, int at) throws MalformedException {
    char c = typed >= 'a' && typed <= 'z' ? (char) (typed - 'a' + 'A') : typed;
    if (c == 'O') {
      return '0';
    }
    if (c == 'I' || c == 'L') {
      return '1';
    }
    if (ALPHABET.indexOf(c) < 0) {
      throw new MalformedException("base 32: character " + (at + 1) + " does not belong there");
    }
    return c;
  }

  /**
   * Reads exactly this many bytes from what somebody typed.
   *
   * @param typed in any spelling that {@link #normalise} forgives
   * @param sizeBytes how many bytes there must be
   * @throws MalformedException if characters are missing, left over or foreign, or the last one
   *     holds bits that belong to no byte
   */
  public static byte[] decode(String typed, int sizeBytes) throws MalformedException {
    String text = normalise(typed);
    if (text.length() != length(sizeBytes)) {
      throw new MalformedException(
          "base 32: " + text.length() + " characters where " + length(sizeBytes) + " belong");
    }
    byte[] bytes = new byte[sizeBytes];
    int bits = 0;
    int held = 0;
    int filled = 0;
    for (int i = 0; i < text.length(); i++) {
      bits = bits << BITS_PER_CHAR | ALPHABET.indexOf(text.charAt(i));
      held += BITS_PER_CHAR;
      if (held >= 8) {
        held -= 8;
        bytes[filled++] = (byte) (bits >> held);
        bits &= (1 << held) - 1;
      }
    }
    if (bits != 0) {
      Arrays.fill(bytes, (byte) 0);
      throw new MalformedException("base 32: the last character holds more than it may");
    }
    return bytes;
  }
}
