package dev.cairn.client.intake;

import dev.cairn.client.held.OthersChanges;
import dev.cairn.client.held.QuarantineNotes;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.SuspensionRule;
import java.util.Collection;
import java.util.Optional;

/**
 * Bounds what comes by hand of a suspended device and lies beyond. What the log has a server's
 * quotas bound; by hand whoever has the device's key could fill every disk. What came first stays:
 * a flood must not push out what somebody brought before it.
 */
final class QuarantineRoom {

  /** The code of a frame for which there is no room. */
  static final String FULL = "quarantine.full";

  private final SealedRows rows;

  QuarantineRoom(SealedRows rows) {
    this.rows = rows;
  }

  /**
   * Counts in what lies beyond, if there is room for it.
   *
   * @param fresh changes of a device that came by hand and would be kept
   * @return whether they may be kept
   */
  boolean takes(RosterState roster, DeviceId device, Collection<Change> fresh)
      throws CairnException {
    Optional<SuspensionRule> rule = roster.suspensionRule(device);
    if (!rule.isPresent()) {
      return true;
    }
    QuarantineNotes.Room room = QuarantineNotes.room(rows, device);
    QuarantineNotes.Room with = room;
    for (Change change : fresh) {
      boolean mayCount =
          rule.get().mayBeLogged(change.id(), change.prefix().sequence(), this::isHeld);
      if (!mayCount) {
        with = with.with(change.sizeBytes());
      }
    }
    if (with.equals(room)) {
      return true;
    }
    if (!with.fits()) {
      return false;
    }
    QuarantineNotes.write(rows, device, with);
    return true;
  }

  private boolean isHeld(ChangeId change) {
    try {
      return OthersChanges.place(rows, change).isPresent();
    } catch (CairnException e) {
      throw new UncheckedRowsException(e);
    }
  }
}
