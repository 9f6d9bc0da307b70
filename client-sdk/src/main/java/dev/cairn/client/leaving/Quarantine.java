package dev.cairn.client.leaving;

import dev.cairn.client.held.GoodHistory;
import dev.cairn.client.held.HeldChange;
import dev.cairn.client.held.HeldReading;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.OthersChanges;
import dev.cairn.client.held.QuarantineNotes;
import dev.cairn.client.held.WaitingByHand;
import dev.cairn.client.space.LettingIn;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.SuspensionRule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is held beyond suspensions, and what is decided about it. */
final class Quarantine {

  private final Holdings holdings;

  Quarantine(Holdings holdings) {
    this.holdings = holdings;
  }

  /** Shows each, in the order in which they came. */
  void visit(Suspensions.QuarantineVisitor visitor) throws CairnException {
    holdings.requireCoordinator();
    RosterState roster = holdings.roster();
    Map<ChangeId, String> refusals = holdings.store().read(QuarantineNotes::refusals);
    HeldReading.visit(
        holdings,
        held -> {
          DeviceId device = held.change().prefix().device();
          Optional<DeviceEntry> entry = roster.device(device);
          if (!held.counts()
              && !held.change().opensSession()
              && entry.isPresent()
              && roster.isSuspended(device)) {
            visitor.visit(of(held, entry.get(), refusals));
          }
        });
  }

  private QuarantinedChange of(HeldChange held, DeviceEntry entry, Map<ChangeId, String> refusals) {
    RosterState roster = holdings.roster();
    boolean canStillCount = held.position().isPresent() || isBounded(entry.device());
    return new QuarantinedChange(
        held,
        entry.member(),
        roster.suspensionsOf(entry.device()),
        Optional.ofNullable(refusals.get(held.change().id())),
        canStillCount && roster.mayRelease(holdings.device(), entry.device()));
  }

  private boolean isBounded(DeviceId device) {
    return holdings.roster().suspensionRule(device).map(SuspensionRule::isBounded).orElse(false);
  }

  /** The devices of which no more is taken by hand until something was decided. */
  Set<DeviceId> full() throws CairnException {
    holdings.requireCoordinator();
    return holdings
        .store()
        .read(
            rows -> {
              Set<DeviceId> full = new TreeSet<>();
              for (DeviceEntry entry : holdings.roster().devices()) {
                QuarantineNotes.Room room = QuarantineNotes.room(rows, entry.device());
                // Where a large payload has no room there is soon none for anything.
                if (!room.with(Limits.CHANGE_PAYLOAD_BYTES_MAX).fits()) {
                  full.add(entry.device());
                }
              }
              return full;
            });
  }

  /** Lets changes count, each by itself: one release for each device, or more of very many. */
  List<StatementId> accept(Collection<ChangeId> changes) throws CairnException {
    Map<DeviceId, Set<ChangeId>> byDevice = quarantined(changes);
    List<Statement> releases = new ArrayList<>();
    for (Map.Entry<DeviceId, Set<ChangeId>> each : byDevice.entrySet()) {
      requireRelease(each.getKey(), each.getValue());
      List<ChangeId> ascending = new ArrayList<>(each.getValue());
      for (int from = 0; from < ascending.size(); from += Limits.RELEASE_CHANGES_MAX) {
        int to = Math.min(ascending.size(), from + Limits.RELEASE_CHANGES_MAX);
        releases.add(
            new RosterWriter(holdings.roster().with(releases), holdings.host().randomness())
                .release(
                    each.getKey(),
                    List.of(),
                    ascending.subList(from, to),
                    holdings.identity().signingKey()));
      }
    }
    new LettingIn(holdings).send(releases);
    noted(byDevice, QuarantineNotes::forget);
    List<StatementId> ids = new ArrayList<>();
    releases.forEach(release -> ids.add(release.id()));
    return ids;
  }

  private void requireRelease(DeviceId device, Collection<ChangeId> changes) throws CairnException {
    RosterState roster = holdings.roster();
    if (!roster.mayRelease(holdings.device(), device)) {
      throw new RefusedException(
          "quarantine.rank",
          "a suspension of this device was signed by who ranks above this desk, who alone may let"
              + " its changes count");
    }
    if (roster.suspensionsOf(device).size() > Limits.RELEASE_SUSPENSIONS_MAX) {
      throw new RefusedException(
          "quarantine.limit", "more suspensions cut this device off than one release can widen");
    }
    if (!isBounded(device) && !holdings.store().read(rows -> areLogged(rows, changes))) {
      throw new RefusedException(
          "quarantine.lost",
          "the device was given up as lost: nothing of it goes into the log any more, so no other"
              + " desk could ever see this");
    }
  }

  private static boolean areLogged(SealedRows rows, Collection<ChangeId> changes)
      throws CairnException {
    for (ChangeId change : changes) {
      if (!OthersChanges.place(rows, change)
          .map(place -> place.position().isPresent())
          .orElse(false)) {
        return false;
      }
    }
    return true;
  }

  /** Puts changes aside at this store. */
  void refuse(Collection<ChangeId> changes, String reason) throws CairnException {
    requireShort(reason);
    noted(quarantined(changes), (rows, change) -> QuarantineNotes.refuse(rows, change, reason));
  }

  /**
   * Puts aside at this store all that waits of a device and came by hand.
   *
   * @return the changes of it that were put aside, those that open a session too
   */
  List<ChangeId> refuseAll(DeviceId device, String reason) throws CairnException {
    requireShort(reason);
    holdings.requireCoordinator();
    if (!holdings.roster().device(device).isPresent()) {
      throw new RefusedException("device.unknown", "there is no such device");
    }
    List<ChangeId> waiting = new ArrayList<>();
    holdings
        .store()
        .change(
            rows -> {
              WaitingByHand.visit(
                  rows, holdings.roster(), Set.of(device), change -> waiting.add(change.id()));
              for (ChangeId change : waiting) {
                QuarantineNotes.refuse(rows, change, reason);
              }
              measure(rows, Set.of(device));
            });
    return waiting;
  }

  private static void requireShort(String reason) throws RefusedException {
    if (reason.getBytes(StandardCharsets.UTF_8).length > Limits.REASON_SIZE_BYTES_MAX) {
      throw new RefusedException("change.limit", "the reason is too long");
    }
  }

  /** Something that is written down of a change. */
  @FunctionalInterface
  private interface Note {
    void write(SealedRows rows, ChangeId change) throws CairnException;
  }

  private void noted(Map<DeviceId, Set<ChangeId>> byDevice, Note note) throws CairnException {
    holdings
        .store()
        .change(
            rows -> {
              for (Set<ChangeId> changes : byDevice.values()) {
                for (ChangeId change : changes) {
                  note.write(rows, change);
                }
              }
              measure(rows, byDevice.keySet());
            });
  }

  /**
   * Measures anew how much of these devices waits. What was decided makes room, and so do the
   * statements that open their sessions: nobody decides about those by themselves, and the changes
   * of a session are judged one by one.
   */
  private void measure(SealedRows rows, Set<DeviceId> devices) throws CairnException {
    List<ChangeId> sessions = new ArrayList<>();
    WaitingByHand.visit(
        rows,
        holdings.roster(),
        devices,
        change -> {
          if (change.opensSession()) {
            sessions.add(change.id());
          }
        });
    for (ChangeId session : sessions) {
      QuarantineNotes.refuse(rows, session, "");
    }
    Map<DeviceId, QuarantineNotes.Room> rooms =
        WaitingByHand.measure(rows, holdings.roster(), devices);
    for (Map.Entry<DeviceId, QuarantineNotes.Room> room : rooms.entrySet()) {
      QuarantineNotes.write(rows, room.getKey(), room.getValue());
    }
  }

  /**
   * The devices of changes that are in quarantine here.
   *
   * @throws RefusedException {@code quarantine.unknown} if one of them is not
   */
  private Map<DeviceId, Set<ChangeId>> quarantined(Collection<ChangeId> changes)
      throws CairnException {
    holdings.requireCoordinator();
    Map<DeviceId, Set<ChangeId>> byDevice = new TreeMap<>();
    holdings
        .store()
        .read(
            rows -> {
              GoodHistory history = new GoodHistory(holdings.roster(), rows);
              for (ChangeId id : new HashSet<>(changes)) {
                Long number =
                    OthersChanges.place(rows, id)
                        .map(OthersChanges.Place::numberOrNull)
                        .orElse(null);
                Optional<Change> held =
                    number == null ? Optional.empty() : OthersChanges.at(rows, number);
                DeviceId device = held.map(change -> change.prefix().device()).orElse(null);
                if (device == null
                    || !holdings.roster().isSuspended(device)
                    || !holdings.roster().device(device).isPresent()
                    || history.counts(device, id)) {
                  throw new RefusedException(
                      "quarantine.unknown", "no such change is in quarantine here: " + id);
                }
                byDevice.computeIfAbsent(device, any -> new TreeSet<>()).add(id);
              }
              return Boolean.TRUE;
            });
    return byDevice;
  }
}
