package dev.cairn.desk.merged;

import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.merge.MergeChange;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * An opened change with what a desk must know of its envelope.
 *
 * @param change what it says
 * @param audience whom it is addressed to
 * @param sequence its place in the feed of its device
 * @param continued the changes it continues, in its feed and in its audience's part of it
 */
public record AddressedChange(
    MergeChange change, Audience audience, long sequence, List<ChangeId> continued) {

  /** Takes the list as it is now. */
  public AddressedChange {
    continued = List.copyOf(continued);
  }

  /** Gathers two lists of what a change continues. */
  public static List<ChangeId> continued(
      Collection<ChangeId> previous, Collection<ChangeId> audiencePrevious) {
    TreeSet<ChangeId> both = new TreeSet<>(previous);
    both.addAll(audiencePrevious);
    return List.copyOf(both);
  }
}
