package dev.cairn.server.bundle;

import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.CheckpointRef;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.server.ledger.Answer;
import dev.cairn.server.ledger.Offer;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Who wrote what of a parcel, and where it stands in the log. */
final class Tally {

  private final long sizeBefore;
  private final RosterState roster;
  private final Map<DeviceId, Leaves> byAuthor = new TreeMap<>();
  private long fresh;
  private long known;
  private long refused;

  Tally(long sizeBefore, RosterState roster) {
    this.sizeBefore = sizeBefore;
    this.roster = roster;
  }

  /** One author's leaves, by position, and the largest tree it cites. */
  static final class Leaves {
    private final SortedMap<Long, Digest> byPosition = new TreeMap<>();
    private long citedGeneration;
    private long citedSize;

    SortedMap<Long, Digest> byPosition() {
      return byPosition;
    }

    /** Leaves of the newest checkpoint cited of a generation, 0 if none was. */
    long citedSize(long generation) {
      return generation == citedGeneration ? citedSize : 0;
    }

    private void cite(CheckpointRef cited) {
      boolean newer =
          cited.generation() > citedGeneration
              || (cited.generation() == citedGeneration && cited.size() > citedSize);
      if (newer) {
        citedGeneration = cited.generation();
        citedSize = cited.size();
      }
    }
  }

  void count(Offer offer, Answer answer) {
    if (!(answer instanceof Answer.Placed placed)) {
      refused++;
      return;
    }
    List<Long> positions = placed.positions();
    positions.forEach(this::count);
    if (offer instanceof Offer.OfStatement statement) {
      for (DeviceId signer : statement.statement().signers()) {
        if (roster.device(signer).isPresent()) {
          leaves(signer).byPosition.put(positions.get(0), statement.statement().leafHash());
        }
      }
    } else if (offer instanceof Offer.OfFrame frame) {
      List<Change> changes = frame.frame().changes();
      Leaves leaves = leaves(frame.frame().device());
      for (int i = 0; i < changes.size(); i++) {
        leaves.byPosition.put(positions.get(i), changes.get(i).leafHash());
        changes.get(i).prefix().checkpoint().ifPresent(leaves::cite);
      }
    }
  }

  private void count(long position) {
    if (position >= sizeBefore) {
      fresh++;
    } else {
      known++;
    }
  }

  private Leaves leaves(DeviceId author) {
    return byAuthor.computeIfAbsent(author, any -> new Leaves());
  }

  Map<DeviceId, Leaves> byAuthor() {
    return byAuthor;
  }

  long fresh() {
    return fresh;
  }

  long known() {
    return known;
  }

  long refused() {
    return refused;
  }
}
