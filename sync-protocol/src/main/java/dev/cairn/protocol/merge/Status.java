package dev.cairn.protocol.merge;

/** How it stands with a field. */
public enum Status {
  /** One value, by one member or several. */
  AGREED(0, "agreed"),
  /** Several values; of every two, one author had seen the other's. */
  CORRECTION(1, "correction"),
  /** Several values; some two were stated without knowledge of each other. */
  CONCURRENT(2, "concurrent"),
  /** A coordinator settled it. */
  DECIDED(3, "decided"),
  /** A coordinator settled that all values stay. */
  KEPT_ALL(4, "kept-all"),
  /** A value came that the decision did not settle. */
  REOPENED(5, "reopened"),
  /** Coordinators settled it differently without knowledge of each other. */
  DECISIONS_IN_CONFLICT(6, "decisions-in-conflict"),
  /** No value is left: the last was withdrawn by an erasure. */
  WITHDRAWN(7, "withdrawn"),
  /** No value is left: their authors took them back. */
  RETRACTED(8, "retracted");

  private final int code;
  private final String word;

  Status(int code, String word) {
    this.code = code;
    this.word = word;
  }

  /** The number in the canonical state. */
  public int code() {
    return code;
  }

  /** The name in JSON. */
  public String word() {
    return word;
  }

  /** Whether somebody has to look at it. */
  public boolean inConflict() {
    return this == CORRECTION
        || this == CONCURRENT
        || this == REOPENED
        || this == DECISIONS_IN_CONFLICT;
  }
}
