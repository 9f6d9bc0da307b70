package dev.cairn.client.held;

import dev.cairn.client.held.HeldChange.Unopened;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Opened;
import dev.cairn.protocol.feed.SessionKeys;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.RosterState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Shows every held change, opened in memory. Made for one visit. */
public final class HeldReading {

  private static final int BATCH = 512;

  private final Holdings holdings;
  private final RosterState roster;
  private final Map<OneSession, Boolean> staleSessions = new HashMap<>();
  private final Map<DeviceId, Map<Audience, Boolean>> forks = new HashMap<>();
  private final Map<ChangeId, Long> ownPositions;
  private final GoodHistory history;

  private HeldReading(Holdings holdings, SealedRows rows) throws CairnException {
    this.holdings = holdings;
    this.roster = holdings.roster();
    this.ownPositions = ReceiptRow.ownPositions(rows, holdings);
    this.history = new GoodHistory(roster, rows);
  }

  /** Shows all: own changes by sequence, then others' by arrival. */
  public static void visit(Holdings holdings, HeldVisitor visitor) throws CairnException {
    holdings
        .store()
        .read(
            rows -> {
              HeldReading reading = new HeldReading(holdings, rows);
              reading.visitOwn(rows, visitor);
              reading.visitOthers(rows, visitor);
              return Boolean.TRUE;
            });
  }

  private void visitOwn(SealedRows rows, HeldVisitor visitor) throws CairnException {
    long next = 0;
    boolean forked = OwnFeed.read(rows).allHeads().size() > 1;
    List<Change> batch = OwnChanges.from(rows, next, BATCH);
    while (!batch.isEmpty()) {
      for (Change change : batch) {
        Long position = ownPositions.get(change.id());
        visitor.visit(
            held(
                rows,
                change,
                position == null ? OptionalLong.empty() : OptionalLong.of(position),
                forked));
        next = change.prefix().sequence() + 1;
      }
      batch = OwnChanges.from(rows, next, BATCH);
    }
  }

  private void visitOthers(SealedRows rows, HeldVisitor visitor) throws CairnException {
    OthersChanges.scan(
        rows,
        0,
        change -> {
          OptionalLong position =
              OthersChanges.place(rows, change.id())
                  .map(OthersChanges.Place::position)
                  .orElse(OptionalLong.empty());
          visitor.visit(held(rows, change, position, isForked(rows, change)));
          return true;
        });
  }

  private boolean isForked(SealedRows rows, Change change) throws CairnException {
    DeviceId device = change.prefix().device();
    Audience audience = change.prefix().audience();
    Map<Audience, Boolean> ofDevice = forks.computeIfAbsent(device, any -> new HashMap<>());
    Boolean known = ofDevice.get(audience);
    if (known == null) {
      known = OthersChanges.heads(rows, device, audience).size() > 1;
      ofDevice.put(audience, known);
    }
    return known;
  }

  private HeldChange held(SealedRows rows, Change change, OptionalLong position, boolean forked)
      throws CairnException {
    DeviceId device = change.prefix().device();
    Optional<DeviceEntry> entry = roster.device(device);
    boolean provisional = entry.map(found -> !found.isConfirmed()).orElse(true);
    boolean counts = entry.isPresent() && history.counts(device, change.id());
    if (change.opensSession()) {
      staleSessions.merge(OneSession.of(change.prefix()), isStale(change), Boolean::logicalOr);
      holdings.sessions().open(rows, change);
      return new HeldChange(
          change, position, null, Unopened.SESSION, provisional, counts, forked, false);
    }
    boolean stale = staleSessions.getOrDefault(OneSession.of(change.prefix()), false);
    Opened opened = null;
    Unopened unopened = null;
    if (!change.ciphertext().isPresent()) {
      unopened = Unopened.NO_BODY;
    } else {
      Optional<SessionKeys> keys = holdings.sessions().keys(rows, change);
      if (!keys.isPresent()) {
        unopened = Unopened.NO_KEY;
      } else {
        try {
          opened = keys.get().open(change);
        } catch (TooNewException e) {
          unopened = Unopened.TOO_NEW;
        } catch (UndecryptableException | MalformedException e) {
          unopened = Unopened.DAMAGED;
        }
      }
    }
    return new HeldChange(change, position, opened, unopened, provisional, counts, forked, stale);
  }

  private boolean isStale(Change statement) {
    return statement.prefix().openings().stream()
        .anyMatch(
            opening -> {
              EpochId epoch = opening.epoch();
              return roster.knewNewer(epoch, statement.prefix().rosterHeads());
            });
  }
}
