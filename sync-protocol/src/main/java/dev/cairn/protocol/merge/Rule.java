package dev.cairn.protocol.merge;

/** Why a field shows the value it shows. */
public enum Rule {
  /** There is only one. */
  ONE_VALUE("one-value"),
  /**
   * Of the values that no other author had seen, the one with the greatest clock, then device, then
   * change.
   */
  LATEST_UNSEEN("latest-unseen"),
  /** A coordinator decided for it. */
  DECISION("decision"),
  /** The first one stated. */
  EARLIEST("earliest"),
  /** None is shown as the one: all are kept, or none is left. */
  NONE("none");

  private final String word;

  Rule(String word) {
    this.word = word;
  }

  /** The name in JSON. */
  public String word() {
    return word;
  }
}
