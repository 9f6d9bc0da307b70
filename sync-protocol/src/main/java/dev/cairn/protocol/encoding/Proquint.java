package dev.cairn.protocol.encoding;

import dev.cairn.protocol.MalformedException;
import java.util.Locale;

/**
 * Sixteen bits as a word of five letters that can be said in most languages: consonant, vowel,
 * consonant, vowel, consonant, highest bits first.
 *
 * <p>Source: D. Wilkerson, "A Proposal for Proquints", 2009.
 */
public final class Proquint {

  private static final String CONSONANTS = "bdfghjklmnprstvz";
  private static final String VOWELS = "aiou";
  private static final int LETTERS = 5;

  private Proquint() {}

  /** The word of the lowest sixteen bits. */
  public static String word(int bits) {
    return ""
        + CONSONANTS.charAt(bits >> 12 & 15)
        + VOWELS.charAt(bits >> 10 & 3)
        + CONSONANTS.charAt(bits >> 6 & 15)
        + VOWELS.charAt(bits >> 4 & 3)
        + CONSONANTS.charAt(bits & 15);
  }

  /**
   * The sixteen bits of a word.
   *
   * @param word in capitals or small letters
   * @throws MalformedException if there is no such word; it is not quoted
   */
  public static int parse(String word) throws MalformedException {
    String small = word.toLowerCase(Locale.ROOT);
    if (small.length() != LETTERS) {
      throw new MalformedException("no such word");
    }
    int bits = 0;
    for (int i = 0; i < LETTERS; i++) {
      String letters = i % 2 == 0 ? CONSONANTS : VOWELS;
      int value = letters.indexOf(small.charAt(i));
      if (value < 0) {
        throw new MalformedException("no such word");
      }
      bits = bits << (i % 2 == 0 ? 4 : 2) | value;
    }
    return bits;
  }
}
