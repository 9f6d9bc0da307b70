package dev.cairn.protocol.encoding;

import dev.cairn.protocol.MalformedException;

/**
 * Bytes as lower-case hexadecimal digits. Only this one spelling is read back, so that a value has
 * one text and a path or a file name cannot name the same thing twice.
 */
public final class Hex {

  private static final char[] DIGITS = "0123456789abcdef".toCharArray();

  private Hex() {}

  /** Two digits for each byte, nothing between. */
  public static String encode(byte[] bytes) {
    char[] text = new char[2 * bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      text[2 * i] = DIGITS[(bytes[i] >> 4) & 0xf];
      text[2 * i + 1] = DIGITS[bytes[i] & 0xf];
    }
    return new String(text);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws MalformedException on an odd number of digits, capitals, or anything that is no digit
   */
  public static byte[] decode(String text) throws MalformedException {
    if (text.length() % 2 != 0) {
      throw new MalformedException("odd number of hexadecimal digits");
    }
    byte[] bytes = new byte[text.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (digit(text, 2 * i) << 4 | digit(text, 2 * i + 1));
    }
    return bytes;
  }

  private static int digit(String text, int index) throws MalformedException {
    char c = text.charAt(index);
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
      return c - 'a' + 10;
    }
    throw new MalformedException("no lower-case hexadecimal digit", index);
  }
}
