package dev.cairn.server.ledger;

import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.FeedIndex;
import dev.cairn.protocol.feed.FeedPlace;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import java.util.Optional;
import java.util.Set;

/** One device's feed as the store holds it. */
final class StoredFeed implements FeedIndex {

  private final LedgerView view;
  private final SpaceId space;
  private final DeviceId device;

  StoredFeed(LedgerView view, SpaceId space, DeviceId device) {
    this.view = view;
    this.space = space;
    this.device = device;
  }

  @Override
  public Optional<FeedPlace> place(ChangeId change) {
    try {
      return view.prefix(space, change)
          // An id of another device's change proves nothing here: a feed continues only itself.
          .filter(prefix -> prefix.device().equals(device))
          .map(FeedPlace::of);
    } catch (StoreException e) {
      throw new UncheckedStoreException(e);
    }
  }

  @Override
  public Set<ChangeId> heads() {
    try {
      return view.heads(space, device);
    } catch (StoreException e) {
      throw new UncheckedStoreException(e);
    }
  }

  @Override
  public Set<ChangeId> heads(Audience audience) {
    try {
      return view.heads(space, device, audience);
    } catch (StoreException e) {
      throw new UncheckedStoreException(e);
    }
  }
}
