package dev.cairn.client.held;

import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.roster.RosterState;
import java.util.Map;
import java.util.Optional;

/**
 * What coordinators say, signed, to have opened of what this device wrote. A change that names an
 * attachment is opened when its file is opened too: nothing else proves that a file has arrived,
 * for a server signs nothing about it.
 *
 * <p>For one transaction.
 */
public final class Confirmed {

  private final SealedRows rows;
  private final RosterState roster;
  private final GoodHistory history;
  private final Map<DeviceId, Progress.Opening> said;

  /** As told so far, by whom the roster lets speak. */
  public Confirmed(SealedRows rows, RosterState roster, GoodHistory history) throws CairnException {
    this.rows = rows;
    this.roster = roster;
    this.history = history;
    this.said = Progress.read(rows).opened();
  }

  /** As told so far. */
  public static Confirmed of(SealedRows rows, RosterState roster) throws CairnException {
    return new Confirmed(rows, roster, new GoodHistory(roster, rows));
  }

  /** Whether a coordinator who may read it has opened the change at a sequence. */
  public boolean holds(long sequence, Audience audience) throws CairnException {
    for (Map.Entry<DeviceId, Progress.Opening> entry : said.entrySet()) {
      if (speaks(entry, audience)
          && sequence <= entry.getValue().through()
          && !isListed(entry.getValue(), sequence)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a coordinator who may read it says that he could not open the change. */
  public boolean misses(long sequence, Audience audience) throws CairnException {
    for (Map.Entry<DeviceId, Progress.Opening> entry : said.entrySet()) {
      if (speaks(entry, audience)
          && sequence <= entry.getValue().through()
          && isListed(entry.getValue(), sequence)) {
        return true;
      }
    }
    return false;
  }

  private boolean speaks(Map.Entry<DeviceId, Progress.Opening> entry, Audience audience)
      throws CairnException {
    return history.isCoordinatorsWord(entry.getValue().word())
        && audience.circles().stream().anyMatch(circle -> roster.mayFetch(entry.getKey(), circle));
  }

  private boolean isListed(Progress.Opening opening, long sequence) throws CairnException {
    if (opening.unopened().isEmpty()) {
      return false;
    }
    Optional<ChangeId> change = OwnChanges.at(rows, sequence).map(Change::id);
    return !change.isPresent() || opening.unopened().contains(change.get());
  }
}
