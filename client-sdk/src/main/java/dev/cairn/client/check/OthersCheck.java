package dev.cairn.client.check;

import dev.cairn.client.held.OthersChanges;
import dev.cairn.client.held.Withheld;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.roster.RosterState;
import java.util.OptionalLong;

/**
 * Changes of other devices: as many as were ever kept, each found by its id and by its number. Who
 * can write to the disk cannot alter a row, but can take rows away; here that shows.
 */
final class OthersCheck {

  private final RosterState roster;
  private final Fsck fsck;

  OthersCheck(RosterState roster, Fsck fsck) {
    this.roster = roster;
    this.fsck = fsck;
  }

  void check(SealedRows rows) throws CairnException {
    long kept = OthersChanges.kept(rows);
    long lost = 0;
    for (long number = 0; number < kept; number++) {
      Change change = OthersChanges.at(rows, number).orElse(null);
      if (change == null) {
        lost++;
      } else if (!isFound(rows, change, number)) {
        fsck.problem("change.place", "change " + change.id());
      } else if (!change.ciphertext().isPresent()
          && !Withheld.isExplained(rows, change.id(), roster)) {
        fsck.problem("change.body-missing", "change " + change.id());
      }
    }
    fsck.checked("others", kept - lost);
    if (lost > 0) {
      fsck.problem("change.lost", lost + " of " + kept + " changes of others are gone");
    }
  }

  private static boolean isFound(SealedRows rows, Change change, long number)
      throws CairnException {
    OptionalLong found =
        OthersChanges.place(rows, change.id())
            .map(OthersChanges.Place::numberOrNull)
            .map(OptionalLong::of)
            .orElse(OptionalLong.empty());
    return found.isPresent() && found.getAsLong() == number;
  }
}
