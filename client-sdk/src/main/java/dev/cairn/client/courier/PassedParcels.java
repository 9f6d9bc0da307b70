package dev.cairn.client.courier;

import dev.cairn.client.held.Fact;
import dev.cairn.client.held.StoredForm;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import java.util.ArrayList;
import java.util.List;

/**
 * Parcels that this device is done with: taken in, or handed to the server. Others carry them
 * still; who remembers them need not take them at every meeting. Hashes of what a stranger could
 * not open, the newest only.
 */
final class PassedParcels {

  private PassedParcels() {}

  /** All of them, the oldest first. */
  static List<Digest> read(SealedRows rows) throws CairnException {
    byte[] row = Fact.PASSED.get(rows);
    return row == null
        ? new ArrayList<>()
        : StoredForm.read("parcels passed", row, PassedParcels::read);
  }

  private static List<Digest> read(CborReader reader) throws CairnException {
    int count = reader.arrayHeader(Limits.PASSED_PARCELS_MAX);
    List<Digest> passed = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      passed.add(Digest.of(reader.bytesExactly(Digest.SIZE_BYTES)));
    }
    return passed;
  }

  /** Remembers one, and forgets the oldest if there are too many. */
  static void add(SealedRows rows, Digest parcel) throws CairnException {
    List<Digest> passed = read(rows);
    passed.remove(parcel);
    passed.add(parcel);
    int from = Math.max(0, passed.size() - Limits.PASSED_PARCELS_MAX);
    CborWriter writer = new CborWriter().array(passed.size() - from);
    passed.subList(from, passed.size()).forEach(each -> writer.bytes(each.bytes()));
    Fact.PASSED.put(rows, writer.toBytes());
  }
}
