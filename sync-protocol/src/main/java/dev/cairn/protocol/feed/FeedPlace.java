package dev.cairn.protocol.feed;

import dev.cairn.protocol.id.SessionId;

/**
 * What the changes that follow need to know of an accepted change: all a store has to keep per
 * change besides the change itself.
 *
 * @param sequence the place in the feed
 * @param audience whom it is addressed to
 * @param audienceSequence the place among the changes to this audience
 * @param session its session
 * @param nextIndex the index of the change that follows in the session: 0 after its statement
 */
public record FeedPlace(
    long sequence, Audience audience, long audienceSequence, SessionId session, int nextIndex) {

  /** The place of a change. */
  public static FeedPlace of(Prefix prefix) {
    int nextIndex = prefix.opensSession() ? 0 : prefix.index().getAsInt() + 1;
    return new FeedPlace(
        prefix.sequence(),
        prefix.audience(),
        prefix.audienceSequence(),
        prefix.session(),
        nextIndex);
  }
}
