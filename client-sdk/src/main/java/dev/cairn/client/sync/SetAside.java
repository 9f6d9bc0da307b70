package dev.cairn.client.sync;

import dev.cairn.client.held.Fact;
import dev.cairn.client.held.StoredForm;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.limits.Limits;
import java.util.Set;
import java.util.TreeSet;

/**
 * Devices whose changes the log holds and this device had to leave out, for it does not know them.
 * When it comes to know one, the log is read again.
 */
final class SetAside {

  private SetAside() {}

  static Set<DeviceId> read(SealedRows rows) throws CairnException {
    byte[] row = Fact.ASIDE.get(rows);
    if (row == null) {
      return new TreeSet<>();
    }
    return StoredForm.read(
        "devices set aside",
        row,
        reader -> {
          int count = reader.arrayHeader(Limits.DEVICES_SET_ASIDE_MAX);
          Set<DeviceId> devices = new TreeSet<>();
          for (int i = 0; i < count; i++) {
            devices.add(DeviceId.of(reader.bytesExactly(DeviceId.SIZE_BYTES)));
          }
          return devices;
        });
  }

  /** Remembers more of them, as many as fit. */
  static void add(SealedRows rows, Set<DeviceId> more) throws CairnException {
    if (more.isEmpty()) {
      return;
    }
    Set<DeviceId> devices = read(rows);
    for (DeviceId device : more) {
      if (devices.size() < Limits.DEVICES_SET_ASIDE_MAX) {
        devices.add(device);
      }
    }
    CborWriter writer = new CborWriter().array(devices.size());
    devices.forEach(device -> writer.bytes(device.bytes()));
    Fact.ASIDE.put(rows, writer.toBytes());
  }
}
