package dev.cairn.client.courier;

import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import java.io.IOException;
import java.util.List;

/** Where parcels go that are made here: into a bundle, or to a device that is met. */
interface ParcelSink {

  /** Seals content for some receivers and adds it; false if it has no room. */
  boolean add(ParcelContent content, List<EncryptionPublicKey> receivers) throws IOException;

  /**
   * How many bytes of a stream or a file a parcel may hold that still has room; 0 if there is none.
   */
  int contentRoom(int receivers);
}
