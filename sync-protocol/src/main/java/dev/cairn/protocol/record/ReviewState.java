package dev.cairn.protocol.record;

import java.util.Optional;

/** How far coordinators have come with a record. */
public enum ReviewState {
  OPEN(1, "open"),
  IN_REVIEW(2, "in-review"),
  REVIEWED(3, "reviewed"),
  PUBLISHED(4, "published"),
  REJECTED(5, "rejected");

  private final int code;
  private final String word;

  ReviewState(int code, String word) {
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

  /** The state with this number on the wire, if this program knows it. */
  public static Optional<ReviewState> ofCode(long code) {
    for (ReviewState state : values()) {
      if (state.code == code) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }

  /** The state with this name. */
  public static Optional<ReviewState> ofWord(String word) {
    for (ReviewState state : values()) {
      if (state.word.equals(word)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }
}
