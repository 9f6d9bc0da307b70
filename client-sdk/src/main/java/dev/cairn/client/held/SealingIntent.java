package dev.cairn.client.held;

import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.RecordId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The records whose key is about to be destroyed, said before it is. A key that is gone without
 * that was lost, or an older key ring was put back: that seals nothing, and destroys nothing.
 */
public final class SealingIntent {

  private SealingIntent() {}

  /** Reads them. */
  public static Set<RecordId> read(SealedRows rows) throws CairnException {
    byte[] row = Fact.SEALING.get(rows);
    if (row == null) {
      return Set.of();
    }
    return StoredForm.read(
        "records to be sealed",
        row,
        reader -> {
          Set<RecordId> records = new HashSet<>();
          int count = reader.arrayHeader();
          for (int i = 0; i < count; i++) {
            records.add(RecordId.of(reader.bytesExactly(RecordId.SIZE_BYTES)));
          }
          return records;
        });
  }

  /** Writes them; nothing where there are none. */
  public static void write(SealedRows rows, Collection<RecordId> records) throws CairnException {
    if (records.isEmpty()) {
      Fact.SEALING.delete(rows);
      return;
    }
    CborWriter writer = new CborWriter().array(records.size());
    records.forEach(record -> writer.bytes(record.bytes()));
    Fact.SEALING.put(rows, writer.toBytes());
  }
}
