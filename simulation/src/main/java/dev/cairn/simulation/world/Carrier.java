package dev.cairn.simulation.world;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.bundle.ParcelContent;
import java.io.IOException;

/** Hands a parcel to the server and to a desk, and knows nothing of what is in it. */
@FunctionalInterface
interface Carrier {
  /** Hands it in. */
  void carry(ParcelContent content) throws CairnException, IOException;
}
