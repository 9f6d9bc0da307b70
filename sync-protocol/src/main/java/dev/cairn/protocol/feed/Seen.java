package dev.cairn.protocol.feed;

import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.limits.Limits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a writer had seen of the rest of the space when it wrote a change.
 *
 * @param rosterHeads heads of the roster, ascending
 * @param checkpoint the newest checkpoint it had verified
 */
public record Seen(List<StatementId> rosterHeads, Optional<CheckpointRef> checkpoint) {

  /** Takes a copy. */
  public Seen {
    rosterHeads = List.copyOf(rosterHeads);
  }

  /** Sorts the heads and keeps the lowest of them if there are more than a change may cite. */
  public static Seen of(Collection<StatementId> rosterHeads, Optional<CheckpointRef> checkpoint) {
    List<StatementId> ascending = new ArrayList<>(new TreeSet<>(rosterHeads));
    int kept = Math.min(ascending.size(), Limits.CHANGE_ROSTER_HEADS_MAX);
    return new Seen(ascending.subList(0, kept), checkpoint);
  }
}
