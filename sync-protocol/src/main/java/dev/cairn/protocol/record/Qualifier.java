package dev.cairn.protocol.record;

import java.util.Optional;

/** How a source put its figure. */
public enum Qualifier {
  EXACT(0, "exact"),
  AT_LEAST(1, "at-least"),
  ABOUT(2, "about"),
  /** "Dozens", "many": the numbers are somebody's reading of a word. */
  VAGUE(3, "vague");

  private final int code;
  private final String word;

  Qualifier(int code, String word) {
    this.code = code;
    this.word = word;
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }

  /** The name in JSON and on the command line. */
  public String word() {
    return word;
  }

  /** The qualifier with this number on the wire, if this program knows it. */
  public static Optional<Qualifier> ofCode(long code) {
    for (Qualifier qualifier : values()) {
      if (qualifier.code == code) {
        return Optional.of(qualifier);
      }
    }
    return Optional.empty();
  }

  /** The qualifier with this name. */
  public static Optional<Qualifier> ofWord(String word) {
    for (Qualifier qualifier : values()) {
      if (qualifier.word.equals(word)) {
        return Optional.of(qualifier);
      }
    }
    return Optional.empty();
  }
}
