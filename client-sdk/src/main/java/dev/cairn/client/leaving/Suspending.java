package dev.cairn.client.leaving;

import dev.cairn.client.held.GoodHistory;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.OthersChanges;
import dev.cairn.client.space.LettingGo;
import dev.cairn.client.space.LettingIn;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.roster.CircleState;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.LastGood;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.roster.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Cuts a device off and takes it the keys of what is written from then on, all or nothing. */
final class Suspending {

  private final Holdings holdings;

  Suspending(Holdings holdings) {
    this.holdings = holdings;
  }

  Suspended atLastHeld(DeviceId device) throws CairnException {
    require(device);
    return suspend(
        device, holdings.store().read(rows -> LastGoodChanges.held(rows, holdings.log(), device)));
  }

  Suspended through(DeviceId device, Collection<ChangeId> last) throws CairnException {
    require(device);
    return suspend(
        device, holdings.store().read(rows -> LastGoodChanges.through(rows, device, last)));
  }

  Suspended lost(DeviceId device) throws CairnException {
    DeviceEntry entry = require(device);
    if (entry.role().coordinates()) {
      throw new RefusedException(
          "suspension.unbounded",
          "only a reporter's device is cut off without a last good change: what this one decided"
              + " would count no more");
    }
    return suspend(device, null);
  }

  private DeviceEntry require(DeviceId device) throws RefusedException {
    holdings.requireCoordinator();
    RosterState roster = holdings.roster();
    Optional<DeviceEntry> entry = roster.device(device);
    if (!entry.isPresent()) {
      throw new RefusedException("device.unknown", "there is no such device to cut off");
    }
    if (device.equals(holdings.device())) {
      throw new RefusedException(
          "suspension.self", "a desk does not cut itself off: let another coordinator do it");
    }
    if (!roster.maySuspend(holdings.device(), device)) {
      throw new RefusedException(
          "role.owner", "an owner's device is cut off by an owner or by recovery");
    }
    return entry.get();
  }

  private Suspended suspend(DeviceId device, @Nullable List<LastGood> lastGood)
      throws CairnException {
    RosterState before = holdings.roster();
    RosterWriter writer = new RosterWriter(before, holdings.host().randomness());
    List<Statement> statements = new ArrayList<>();
    statements.add(writer.sign(writer.cut(device, lastGood), holdings.identity().signingKey()));
    RosterState now = before.with(statements);
    List<CircleId> rekeyed = new ArrayList<>();
    List<CircleId> unkeyed = new ArrayList<>();
    LettingGo keys = new LettingGo(holdings);
    for (CircleState circle : before.circles()) {
      if (isReadBy(device, circle)) {
        List<Statement> renewed = keys.newKeys(now, circle.id());
        statements.addAll(renewed);
        now = now.with(renewed);
        (renewed.isEmpty() ? unkeyed : rekeyed).add(circle.id());
      }
    }
    new LettingIn(holdings).send(statements);
    long[] held = holdings.store().read(rows -> count(rows, device));
    return new Suspended(device, held[0], held[1], rekeyed, unkeyed);
  }

  /** Whether what is written to a circle now is sealed to a device, its own circle aside. */
  private static boolean isReadBy(DeviceId device, CircleState circle) {
    return !circle.id().equals(Circles.device(device))
        && circle.current().stream().anyMatch(epoch -> epoch.epoch().sealFor(device).isPresent());
  }

  /** What is held of a device: how many changes count, and how many do not. */
  private long[] count(SealedRows rows, DeviceId device) throws CairnException {
    GoodHistory history = new GoodHistory(holdings.roster(), rows);
    long[] counts = new long[2];
    OthersChanges.scan(
        rows,
        0,
        change -> {
          if (change.prefix().device().equals(device) && !change.opensSession()) {
            counts[history.counts(device, change.id()) ? 0 : 1]++;
          }
          return true;
        });
    return counts;
  }
}
