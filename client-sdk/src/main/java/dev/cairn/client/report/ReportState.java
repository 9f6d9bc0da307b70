package dev.cairn.client.report;

/** How far a report has come, as its reporter understands it. */
public enum ReportState {
  /** It is on this device and nowhere else that is known of. */
  SAVED("saved"),
  /** The server has proven that all of it is in its log. */
  RECEIVED("received"),
  /** A coordinator's device has opened all of it, and says so under its signature. */
  CONFIRMED("confirmed"),
  /** A coordinator has reviewed it. */
  REVIEWED("reviewed"),
  /** A coordinator asks something about it that was not answered yet. */
  SENT_BACK("sent_back"),
  /** The server does not take it; the report's detail says why. */
  REFUSED("refused"),
  /** It lies with the server, set aside until a coordinator decides about this device. */
  QUARANTINED("quarantined");

  private final String word;

  ReportState(String word) {
    this.word = word;
  }

  /** The word that scripts read: {@code sent_back}. */
  public String word() {
    return word;
  }
}
