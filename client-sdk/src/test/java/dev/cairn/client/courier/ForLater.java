package dev.cairn.client.courier;

import dev.cairn.client.held.Holdings;
import dev.cairn.protocol.CairnException;
import java.util.List;

/** What an older program left to be read by a newer one. */
public final class ForLater {

  private ForLater() {}

  /** Keeps a parcel as one that this program could not read when it came. */
  public static void keep(Holdings holdings, byte[] parcel) throws CairnException {
    Lacking nothing = Lacking.of(List.of(), List.of(), Lacking.keysOf(holdings));
    holdings.store().change(rows -> EarlyParcels.read(rows).keep(rows, parcel, true, nothing));
  }
}
