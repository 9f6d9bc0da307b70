package dev.cairn.server.ledger;

import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.FeedIndex;
import dev.cairn.protocol.feed.FeedPlace;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  @Override
  public boolean isHead(ChangeId change) {
    return isHeadOf(null, change);
  }

  @Override
  public boolean isHead(Audience audience, ChangeId change) {
    return isHeadOf(audience, change);
  }

  private boolean isHeadOf(@Nullable Audience audience, ChangeId change) {
    try {
      return view.isHead(space, device, audience, change);
    } catch (StoreException e) {
      throw new UncheckedStoreException(e);
    }
  }

  @Override
  public int headCount() {
    return countOf(null);
  }

  @Override
  public int headCount(Audience audience) {
    return countOf(audience);
  }

  private int countOf(@Nullable Audience audience) {
    try {
      return view.headCount(space, device, audience);
    } catch (StoreException e) {
      throw new UncheckedStoreException(e);
    }
  }
}
