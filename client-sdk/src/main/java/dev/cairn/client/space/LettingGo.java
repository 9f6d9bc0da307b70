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
import dev.cairn.protocol.roster.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

  /**
   * New keys of a circle for those of its members that are not cut off, to be sent with other
   * statements.
   *
   * @param roster with these statements
   * @return empty if this device is not in the circle, so that it can neither tell its name to the
   *     others nor read what they write, or does not know of all who are in it
   */
  public List<Statement> newKeys(RosterState roster, CircleId circle) throws CairnException {
    NewKeys keys = new NewKeys(holdings, roster);
    Optional<CircleState> found = roster.circle(circle);
    Optional<String> name = found.flatMap(new CircleNames(holdings)::of);
    Set<DeviceId> left = found.map(state -> NewKeys.membersLeft(roster, state)).orElse(Set.of());
    boolean mayWrite =
        left.contains(holdings.device()) && found.isPresent() && !keys.isHalfHeard(found.get());
    return mayWrite && name.isPresent()
        ? keys.write(circle, name.get(), left, Set.of())
        : List.of();
  }

  private RosterWriter writer() {
    return new RosterWriter(holdings.roster(), holdings.host().randomness());
  }
}
