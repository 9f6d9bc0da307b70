package dev.cairn.client.check;

import dev.cairn.client.held.OthersChanges;
import dev.cairn.client.held.Withheld;
import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.Table;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.roster.RosterState;
import java.util.List;
import java.util.OptionalLong;

/**
 * Changes of other devices: as many as were ever kept, each found by its id and by its number, and
 * no place without one. Whatever was taken away or put back, what is left does not fit.
 */
final class OthersCheck {

  private final RosterState roster;
  private final DeviceId self;
  private final Fsck fsck;
  private long awaited;

  OthersCheck(RosterState roster, DeviceId self, Fsck fsck) {
    this.roster = roster;
    this.self = self;
    this.fsck = fsck;
  }

  void check(SealedRows rows) throws CairnException {
    long kept = OthersChanges.kept(rows);
    List<Long> numbers = rows.numbers(Table.CHANGE, 0);
    for (long number : numbers) {
      Change change = OthersChanges.at(rows, number).orElse(null);
      if (change != null) {
        checkOne(rows, change, number);
      }
    }
    fsck.checked("others", numbers.size());
    fsck.checked("bodies_awaited", awaited);
    if (numbers.size() != kept) {
      fsck.problem(
          "change.lost", numbers.size() + " changes of others are here, " + kept + " came");
    }
    long numbered = OthersChanges.numbered(rows);
    if (numbered != numbers.size()) {
      fsck.problem(
          "change.place", numbered + " places of " + numbers.size() + " changes of others");
    }
  }

  private void checkOne(SealedRows rows, Change change, long number) throws CairnException {
    if (!isFound(rows, change, number)) {
      fsck.problem("change.place", "change " + change.id());
    } else if (Withheld.isBare(change) && !Withheld.isExplained(rows, change.id(), roster, self)) {
      if (Withheld.isToldOf(rows, change.id())) {
        fsck.problem("change.body-missing", "change " + change.id());
      } else {
        awaited++;
      }
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
