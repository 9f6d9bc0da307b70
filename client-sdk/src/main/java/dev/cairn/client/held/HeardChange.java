package dev.cairn.client.held;

import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.Table;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.feed.Prefix;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What stays of a change that was for this device and need not be kept once it was opened: enough
 * to tell later whether its maker's word still counts, and nothing it says.
 *
 * @param id which
 * @param device who made it
 * @param continued the changes it continues, in its feed and among those of its audience
 */
public record HeardChange(ChangeId id, DeviceId device, List<ChangeId> continued) {

  /** Takes the list as it is now. */
  public HeardChange {
    continued = List.copyOf(continued);
  }

  static HeardChange of(ChangeId id, Prefix prefix) {
    List<ChangeId> continued = new ArrayList<>(prefix.previous());
    continued.addAll(prefix.audiencePrevious());
    return new HeardChange(id, prefix.device(), continued);
  }

  /** Writes down that a change was heard. */
  public static void write(SealedRows rows, ChangeId id, Prefix prefix) throws CairnException {
    HeardChange heard = of(id, prefix);
    CborWriter writer = new CborWriter().array(3).bytes(id.bytes()).bytes(heard.device().bytes());
    StoredForm.write(writer, heard.continued());
    rows.put(Table.HEARD, id.bytes(), writer.toBytes());
  }

  /** The one with an id. */
  static Optional<HeardChange> read(SealedRows rows, ChangeId id) throws CairnException {
    byte[] row = rows.get(Table.HEARD, id.bytes());
    return row == null ? Optional.empty() : Optional.of(read(row));
  }

  /** Every one, in no order. */
  static List<HeardChange> readAll(SealedRows rows) throws CairnException {
    List<HeardChange> all = new ArrayList<>();
    rows.scan(
        Table.HEARD,
        0,
        row -> {
          all.add(read(row));
          return true;
        });
    return all;
  }

  private static HeardChange read(byte[] row) throws CairnException {
    return StoredForm.read("heard change", row, HeardChange::read);
  }

  private static HeardChange read(CborReader reader) throws CairnException {
    reader.arrayOf(3);
    return new HeardChange(
        ChangeId.of(reader.bytesExactly(ChangeId.SIZE_BYTES)),
        DeviceId.of(reader.bytesExactly(DeviceId.SIZE_BYTES)),
        StoredForm.readIds(reader));
  }
}
