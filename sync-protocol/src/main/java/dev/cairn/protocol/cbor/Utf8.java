package dev.cairn.protocol.cbor;

/**
 * UTF-8 as RFC 3629 defines it, checked by our own hand because platforms replace what they do not
 * like, and not all of them the same. Refused are overlong forms, surrogates, and what lies beyond
 * U+10FFFF: each would be a second spelling, or bytes that another reader shows differently.
 */
final class Utf8 {

  static final int VALID = -1;

  private Utf8() {}

  /** The place of the first byte that begins no valid character, or {@link #VALID}. */
  static int firstFault(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int length = characterLength(bytes, at, to);
      if (length == 0) {
        return at;
      }
      at += length;
    }
    return VALID;
  }

  private static int characterLength(byte[] bytes, int at, int to) {
    int lead = bytes[at] & 0xff;
    if (lead < 0x80) {
      return 1;
    }
    int length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || at + length > to) {
      return 0;
    }
    int second = bytes[at + 1] & 0xff;
    if (second < lowestSecond(lead) || second > highestSecond(lead)) {
      return 0;
    }
    for (int i = at + 2; i < at + length; i++) {
      if ((bytes[i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  /** Below this, three and four bytes would spell what fewer bytes can. */
  private static int lowestSecond(int lead) {
    return lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
  }

  /** Above this lie the surrogates, and what lies beyond U+10FFFF. */
  private static int highestSecond(int lead) {
    return lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
  }

  /** Whether every surrogate has its partner, so that the text can be encoded at all. */
  static boolean encodable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isLowSurrogate(c)) {
        return false;
      }
      if (Character.isHighSurrogate(c)) {
        i++;
        if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
          return false;
        }
      }
    }
    return true;
  }
}
