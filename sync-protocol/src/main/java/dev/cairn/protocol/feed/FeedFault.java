package dev.cairn.protocol.feed;

/**
 * The rules between changes of one feed that a change can break: for good, but for {@link #FORKS}.
 */
public enum FeedFault {
  /** It belongs to another device or space. */
  OTHER_FEED("feed.other"),
  /** Its sequence is not one more than the greatest it continues. */
  SEQUENCE("feed.sequence"),
  /** It continues, for its audience, a change to another audience or one that is not before it. */
  AUDIENCE("feed.audience"),
  /** Its audience sequence is not one more than the greatest it continues. */
  AUDIENCE_SEQUENCE("feed.audience-sequence"),
  /** Its session and index do not follow those of a change it continues for its audience. */
  SESSION("feed.session"),
  /**
   * It begins one more branch of the feed, or of its audience, than one change can join. Taken once
   * a change has joined some.
   */
  FORKS("feed.forks");

  private final String code;

  FeedFault(String code) {
    this.code = code;
  }

  /** The stable code, for refusals on the wire. */
  public String code() {
    return code;
  }
}
