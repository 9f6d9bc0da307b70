package dev.cairn.server.stream;

import dev.cairn.protocol.feed.Prefix;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A change and those that follow it one after another, so that its author, who knows the same
 * changes, knows which are meant without being told.
 */
public final class FeedRun {

  private FeedRun() {}

  /**
   * Places in the log of a change and its followers, up to where the feed forks or merges; none if
   * the change is not held or is another device's.
   */
  public static List<Long> positions(
      LedgerView view, SpaceId space, DeviceId device, ChangeId from, int countMax)
      throws StoreException {
    List<Long> positions = new ArrayList<>();
    Optional<Prefix> first = view.prefix(space, from);
    if (!first.isPresent() || !first.get().device().equals(device)) {
      return positions;
    }
    Map<ChangeId, List<LedgerView.Placed>> followers = new HashMap<>();
    for (LedgerView.Placed placed : view.feed(space, device, first.get().sequence(), countMax)) {
      for (ChangeId before : placed.change().prefix().previous()) {
        followers.computeIfAbsent(before, any -> new ArrayList<>()).add(placed);
      }
    }
    positions.add(view.position(space, from).orElseThrow());
    List<LedgerView.Placed> next = followers.getOrDefault(from, List.of());
    while (next.size() == 1 && next.get(0).change().prefix().previous().size() == 1) {
      positions.add(next.get(0).position());
      next = followers.getOrDefault(next.get(0).change().id(), List.of());
    }
    return positions;
  }
}
