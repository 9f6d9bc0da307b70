package dev.cairn.client.intake;

import dev.cairn.client.held.OthersChanges;
import dev.cairn.client.held.OwnChanges;
import dev.cairn.client.held.OwnFeed;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.FeedIndex;
import dev.cairn.protocol.feed.FeedPlace;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One device's feed as this store holds it, inside one transaction. */
final class HeldFeed implements FeedIndex {

  private final SealedRows rows;
  private final DeviceId device;
  private final @Nullable OwnFeed own;

  /** As they were when first asked for: they are written when the transaction ends. */
  private final Map<Audience, Set<ChangeId>> heads = new HashMap<>();

  /**
   * A feed.
   *
   * @param own this device's own feed, if it is that one
   */
  HeldFeed(SealedRows rows, DeviceId device, @Nullable OwnFeed own) {
    this.rows = rows;
    this.device = device;
    this.own = own;
  }

  @Override
  public Optional<FeedPlace> place(ChangeId change) {
    try {
      if (own != null) {
        OptionalLong sequence = OwnChanges.sequence(rows, change);
        if (sequence.isPresent()) {
          return OwnChanges.at(rows, sequence.getAsLong()).map(Change::prefix).map(FeedPlace::of);
        }
      }
      return OthersChanges.place(rows, change).map(OthersChanges.Place::place);
    } catch (CairnException e) {
      throw new UncheckedRowsException(e);
    }
  }

  /** Without meaning: a reader sees audiences, not the feed. */
  @Override
  public Set<ChangeId> heads() {
    return Set.of();
  }

  @Override
  public Set<ChangeId> heads(Audience audience) {
    return new TreeSet<>(known(audience));
  }

  @Override
  public boolean isHead(Audience audience, ChangeId change) {
    return known(audience).contains(change);
  }

  @Override
  public int headCount(Audience audience) {
    return known(audience).size();
  }

  private Set<ChangeId> known(Audience audience) {
    Set<ChangeId> known = heads.get(audience);
    if (known == null) {
      try {
        known = new TreeSet<>(OthersChanges.heads(rows, device, audience));
        if (own != null) {
          own.load(rows, audience);
          known.addAll(own.allHeads(audience));
        }
      } catch (CairnException e) {
        throw new UncheckedRowsException(e);
      }
      heads.put(audience, known);
    }
    return known;
  }
}
