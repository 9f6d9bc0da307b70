package dev.cairn.client.held;

import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.roster.RosterState;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What takes room in the quarantine of suspended devices: what came by hand, is not in the log,
 * does not count and was not put aside. Statements that open a session are among it.
 */
public final class WaitingByHand {

  private WaitingByHand() {}

  /** Is shown what waits. */
  @FunctionalInterface
  public interface Visitor {
    /** Takes one change. */
    void visit(Change change) throws CairnException;
  }

  /** Shows what waits of some devices, in the order in which it came. Reads all that is held. */
  public static void visit(
      SealedRows rows, RosterState roster, Set<DeviceId> devices, Visitor visitor)
      throws CairnException {
    GoodHistory history = new GoodHistory(roster, rows);
    Set<ChangeId> refused = QuarantineNotes.refusals(rows).keySet();
    OthersChanges.scan(
        rows,
        0,
        change -> {
          DeviceId device = change.prefix().device();
          if (devices.contains(device)
              && !history.counts(device, change.id())
              && cameByHand(rows, change)
              && !refused.contains(change.id())) {
            visitor.visit(change);
          }
          return true;
        });
  }

  /** How much waits of each of some devices. */
  public static Map<DeviceId, QuarantineNotes.Room> measure(
      SealedRows rows, RosterState roster, Set<DeviceId> devices) throws CairnException {
    Map<DeviceId, QuarantineNotes.Room> rooms = new TreeMap<>();
    devices.forEach(device -> rooms.put(device, QuarantineNotes.Room.EMPTY));
    visit(
        rows,
        roster,
        devices,
        change ->
            rooms.computeIfPresent(
                change.prefix().device(), (any, room) -> room.with(change.sizeBytes())));
    return rooms;
  }

  private static boolean cameByHand(SealedRows rows, Change change) throws CairnException {
    return OthersChanges.place(rows, change.id())
        .map(place -> !place.position().isPresent())
        .orElse(true);
  }
}
