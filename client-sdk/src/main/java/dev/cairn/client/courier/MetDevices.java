package dev.cairn.client.courier;

import dev.cairn.client.held.Fact;
import dev.cairn.client.held.StoredForm;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.DeviceId;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** Devices whose changes came by hand: what is said to them goes back the same way. */
final class MetDevices {

  private MetDevices() {}

  /** All of them, ascending. */
  static Set<DeviceId> read(SealedRows rows) throws CairnException {
    byte[] row = Fact.MET.get(rows);
    return row == null ? new TreeSet<>() : StoredForm.read("devices met", row, MetDevices::read);
  }

  private static Set<DeviceId> read(CborReader reader) throws CairnException {
    Set<DeviceId> met = new TreeSet<>();
    int count = reader.arrayHeader();
    for (int i = 0; i < count; i++) {
      met.add(DeviceId.of(reader.bytesExactly(DeviceId.SIZE_BYTES)));
    }
    return met;
  }

  /** Remembers some more. */
  static void add(SealedRows rows, Collection<DeviceId> devices) throws CairnException {
    Set<DeviceId> met = read(rows);
    if (met.addAll(devices)) {
      CborWriter writer = new CborWriter().array(met.size());
      met.forEach(device -> writer.bytes(device.bytes()));
      Fact.MET.put(rows, writer.toBytes());
    }
  }
}
