package dev.cairn.protocol.feed;

import dev.cairn.protocol.id.ChangeId;
import java.util.Set;

/** What {@link FeedState} says of a change. */
public sealed interface Verdict {

  /** It continues what is held. */
  record Accepted() implements Verdict {}

  /**
   * It is to be accepted, and proves a fork: the key signed two histories. Why is not said by it; a
   * phone restored from a backup forks honestly.
   *
   * @param points the changes that another held change names as previous too; empty if two changes
   *     claim to be the first, of the feed or of an audience
   */
  record ForkAccepted(Set<ChangeId> points) implements Verdict {
    /** Takes a copy. */
    public ForkAccepted {
      points = Set.copyOf(points);
    }
  }

  /** It is held already; a signature or ciphertext that came along may still be news. */
  record Known() implements Verdict {}

  /**
   * It may be good, but names changes that are not held; ask for them and try again.
   *
   * @param missing the changes it names that are not held, at least one
   */
  record Gap(Set<ChangeId> missing) implements Verdict {
    /** Takes a copy. */
    public Gap {
      missing = Set.copyOf(missing);
    }
  }

  /**
   * It contradicts the changes it names, and always will, whatever else arrives; or it is a branch
   * too many ({@link FeedFault#FORKS}) until some are joined.
   *
   * @param fault the rule it breaks
   */
  record Refused(FeedFault fault) implements Verdict {}

  /** Whether the change is to be held from now on. */
  default boolean accepts() {
    return this instanceof Accepted || this instanceof ForkAccepted;
  }
}
