package dev.cairn.client.space;

import dev.cairn.client.held.Holdings;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.roster.CircleState;
import dev.cairn.protocol.roster.LastGood;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.RosterWriter;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/** A coordinator cuts devices off, and gives circles keys that those do not get. */
public final class LettingGo {

  private final Holdings holdings;

  /** In the name of this device. */
  public LettingGo(Holdings holdings) {
    this.holdings = holdings;
  }

  /** See {@code Device.suspend}. */
  public void suspend(DeviceId device) throws CairnException {
    holdings.requireCoordinator();
    if (device.equals(holdings.device()) || !holdings.roster().device(device).isPresent()) {
      throw new RefusedException("device.unknown", "there is no such device to cut off");
    }
    List<LastGood> heads =
        holdings.store().read(rows -> LostDevices.heads(rows, holdings.log(), device));
    new LettingIn(holdings)
        .send(
            Collections.singletonList(
                writer().suspension(device, heads, holdings.identity().signingKey())));
  }

  /** See {@code Device.rekey}. */
  public void rekey(CircleId circle) throws CairnException {
    holdings.requireCoordinator();
    RosterState roster = holdings.roster();
    CircleState found =
        roster
            .circle(circle)
            .orElseThrow(() -> new RefusedException("circle.unknown", "there is no such circle"));
    TreeSet<DeviceId> members = new TreeSet<>();
    for (DeviceId member : found.members()) {
      if (roster.device(member).map(each -> !each.isSuspended()).orElse(false)) {
        members.add(member);
      }
    }
    new LettingIn(holdings)
        .send(
            Collections.singletonList(
                writer()
                    .epoch(circle, name(circle), members, holdings.identity().signingKey())
                    .statement()));
  }

  private String name(CircleId circle) {
    return new People(holdings)
        .circles().stream()
            .filter(each -> each.id().equals(circle))
            .findFirst()
            .flatMap(CircleInfo::name)
            .orElse("");
  }

  private RosterWriter writer() {
    return new RosterWriter(holdings.roster(), holdings.host().randomness());
  }
}
