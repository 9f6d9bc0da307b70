package dev.cairn.client.courier;

import dev.cairn.client.courier.CarriedParcels.Here;
import dev.cairn.client.courier.CarriedParcels.Keeping;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Sha256;
import java.util.Iterator;
import java.util.Map;

/**
 * Parcels that this device has read and that continue what has not come. Who signs with a key made
 * for it is as unknown as who was let in meanwhile, so anybody can make up such parcels without
 * end: they have a part of the room only, and there the oldest goes. It is not remembered, and is
 * taken when it comes again.
 */
final class EarlyParcels {

  private final Map<Digest, Integer> sizes;
  private long bytes;

  private EarlyParcels(Map<Digest, Integer> sizes) {
    this.sizes = sizes;
    this.bytes = sizes.values().stream().mapToLong(Integer::longValue).sum();
  }

  /** Those that are here. */
  static EarlyParcels read(SealedRows rows) throws CairnException {
    return new EarlyParcels(CarriedParcels.earlySizes(rows));
  }

  /**
   * Keeps one more; the oldest make room for it.
   *
   * @param lacking what it waits for
   */
  Keeping keep(SealedRows rows, byte[] parcel, boolean settled, Lacking lacking)
      throws CairnException {
    Digest id = Sha256.of(parcel);
    if (CarriedParcels.has(rows, id)) {
      return Keeping.KNOWN;
    }
    Iterator<Map.Entry<Digest, Integer>> oldest = sizes.entrySet().iterator();
    while (oldest.hasNext() && !hasRoom(parcel.length)) {
      Map.Entry<Digest, Integer> going = oldest.next();
      CarriedParcels.remove(rows, going.getKey());
      bytes -= going.getValue();
      oldest.remove();
    }
    Keeping kept = CarriedParcels.keep(rows, parcel, settled, Here.EARLY);
    if (kept == Keeping.FRESH) {
      lacking.write(rows, id);
      sizes.put(id, parcel.length);
      bytes += parcel.length;
    }
    return kept;
  }

  private boolean hasRoom(int sizeBytes) {
    return sizes.size() < Limits.EARLY_PARCELS_MAX
        && bytes + sizeBytes <= Limits.EARLY_PARCELS_BYTES_MAX;
  }
}
