package dev.cairn.client.courier;

import dev.cairn.client.held.Holdings;
import dev.cairn.protocol.CairnException;
import java.util.List;

/** Puts parcels where an earlier program left those that it could not read. */
public final class WaitingDoor {

  private WaitingDoor() {}

  /** Keeps a parcel that waits for a newer program. */
  public static void keepForLater(Holdings holdings, byte[] parcel) throws CairnException {
    Lacking nothing = Lacking.of(List.of(), List.of(), Lacking.keysOf(holdings));
    holdings.store().write(rows -> EarlyParcels.read(rows).keep(rows, parcel, true, nothing));
  }
}
