package dev.cairn.protocol.recovery;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.encoding.Proquint;
import dev.cairn.protocol.suite.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A recovery share as words, for whoever has paper and no camera. Each line ends with a word that
 * checks it and its place, so that who mistypes one looks for it in one line and not in sixty-four
 * words.
 */
final class ShareWords {

  /** Every share of this version takes as many bytes: none of its numbers needs a second one. */
  static final int SHARE_BYTES = 111;

  static final int LINES = 8;
  private static final int WORDS = 7;
  private static final int LINE_BYTES = 2 * WORDS;
  private static final PrintedText TEXT = new PrintedText("recovery share", "CAIRN-RECOVERY-WORDS");

  private ShareWords() {}

  static boolean begin(String typed) {
    return TEXT.begins(typed);
  }

  /** The words of an encoded share: a first line, then numbered ones. */
  static String print(byte[] share) {
    if (share.length != SHARE_BYTES) {
      throw new IllegalArgumentException("share of " + share.length + " bytes");
    }
    byte[] filled = Arrays.copyOf(share, LINES * LINE_BYTES);
    StringBuilder text = new StringBuilder(TEXT.line());
    for (int line = 1; line <= LINES; line++) {
      byte[] bytes = Arrays.copyOfRange(filled, (line - 1) * LINE_BYTES, line * LINE_BYTES);
      text.append(line);
      for (int i = 0; i < WORDS; i++) {
        text.append(' ').append(Proquint.word(bits(bytes, 2 * i)));
      }
      text.append(' ').append(Proquint.word(check(line, bytes))).append('\n');
      Arrays.fill(bytes, (byte) 0);
    }
    Arrays.fill(filled, (byte) 0);
    return text.toString();
  }

  private static int bits(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  private static int check(int line, byte[] bytes) {
    byte[] place = {(byte) line};
    return bits(Sha256.labelled("cairn/1/recovery-words", place, bytes).bytes(), 0);
  }

  /** The encoded share. */
  static byte[] parse(String typed) throws MalformedException, TooNewException {
    List<List<String>> lines = lines(TEXT.after(typed));
    byte[] filled = new byte[LINES * LINE_BYTES];
    for (int line = 1; line <= Math.min(lines.size(), LINES); line++) {
      byte[] bytes = line(line, lines.get(line - 1));
      System.arraycopy(bytes, 0, filled, (line - 1) * LINE_BYTES, LINE_BYTES);
    }
    if (lines.size() != LINES) {
      throw new MalformedException("recovery share: " + lines.size() + " lines of words, not 8");
    }
    if (filled[SHARE_BYTES] != 0) {
      throw new MalformedException("recovery share: the last line holds more than it may");
    }
    return Arrays.copyOf(filled, SHARE_BYTES);
  }

  /** The words of each line that has any. */
  private static List<List<String>> lines(String text) {
    List<List<String>> lines = new ArrayList<>();
    for (String line : text.split("[\\r\\n]+", -1)) {
      List<String> words = new ArrayList<>(Arrays.asList(line.split("[ \\t-]+", -1)));
      words.removeIf(String::isEmpty);
      if (!words.isEmpty()) {
        lines.add(words);
      }
    }
    return lines;
  }

  /** The bytes of a line; its number need not be typed. */
  private static byte[] line(int number, List<String> typed) throws MalformedException {
    List<String> words = typed;
    if (isNumber(typed.get(0))) {
      if (!typed.get(0).equals(String.valueOf(number))) {
        throw wrong(number, "is missing, or another line stands in its place");
      }
      words = typed.subList(1, typed.size());
    }
    if (words.size() != WORDS + 1) {
      throw wrong(number, "has " + words.size() + " words, not 8");
    }
    byte[] bytes = new byte[LINE_BYTES];
    for (int i = 0; i < WORDS; i++) {
      int bits = word(number, words, i);
      bytes[2 * i] = (byte) (bits >> 8);
      bytes[2 * i + 1] = (byte) bits;
    }
    if (word(number, words, WORDS) != check(number, bytes)) {
      throw wrong(number, "has a wrong word");
    }
    return bytes;
  }

  private static boolean isNumber(String typed) {
    return typed.charAt(0) >= '0' && typed.charAt(0) <= '9';
  }

  private static int word(int line, List<String> words, int at) throws MalformedException {
    try {
      return Proquint.parse(words.get(at));
    } catch (MalformedException e) {
      throw wrong(line, "word " + (at + 1) + ": " + e.getMessage());
    }
  }

  private static MalformedException wrong(int line, String what) {
    return new MalformedException("recovery share, line " + line + " of the words: " + what);
  }
}
