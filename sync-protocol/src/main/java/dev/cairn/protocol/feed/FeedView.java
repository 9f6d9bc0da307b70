package dev.cairn.protocol.feed;

/** How much of a feed somebody may hold. */
public enum FeedView {
  /** Everything: a server, and the author. Both chains are checked. */
  WHOLE,
  /**
   * Changes to some audiences: a reader. Only the chain of each audience can be checked; it is
   * enough to see every hole in what is addressed to the reader.
   */
  AUDIENCES
}
