package dev.cairn.protocol.feed;

import dev.cairn.protocol.id.ChangeId;
import java.util.Optional;
import java.util.Set;

/**
 * One device's feed as somebody holds it: the port through which {@link FeedState} and {@link
 * FeedAuthor} ask a store, so that neither needs a whole feed in memory.
 *
 * <p>A <i>head</i> is a change that no other held change names as previous; a feed without forks
 * has one. Answers must not change while a state built on them is in use.
 */
public interface FeedIndex {

  /** Where a held change stands; empty if it is not held. */
  Optional<FeedPlace> place(ChangeId change);

  /**
   * The heads by {@link Prefix#previous}; empty if nothing is held. An author needs them; who only
   * judges asks {@link #isHead(ChangeId)}.
   *
   * @throws UnsupportedOperationException if the store only looks up
   */
  Set<ChangeId> heads();

  /**
   * The heads by {@link Prefix#audiencePrevious} of the changes to exactly this audience.
   *
   * @throws UnsupportedOperationException if the store only looks up
   */
  Set<ChangeId> heads(Audience audience);

  /** Whether a change is among {@link #heads()}. */
  default boolean isHead(ChangeId change) {
    return heads().contains(change);
  }

  /** Whether a change is among the {@link #heads(Audience)} of an audience. */
  default boolean isHead(Audience audience, ChangeId change) {
    return heads(audience).contains(change);
  }

  /** How many {@link #heads()} there are. */
  default int headCount() {
    return heads().size();
  }

  /** How many {@link #heads(Audience)} there are. */
  default int headCount(Audience audience) {
    return heads(audience).size();
  }
}
