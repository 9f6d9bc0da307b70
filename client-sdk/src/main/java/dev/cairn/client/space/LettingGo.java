package dev.cairn.client.space;

import dev.cairn.client.held.Holdings;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.roster.LastGood;
import dev.cairn.protocol.roster.RosterWriter;
import java.util.Collections;
import java.util.List;

/** A coordinator cuts devices off. */
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

  private RosterWriter writer() {
    return new RosterWriter(holdings.roster(), holdings.host().randomness());
  }
}
