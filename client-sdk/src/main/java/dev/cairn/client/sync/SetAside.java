package dev.cairn.client.sync;

import dev.cairn.client.held.Fact;
import dev.cairn.client.held.StoredForm;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.suite.Sha256;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
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

  /**
   * What tells that one of them came to be known: those that did; and where there was no room to
   * remember one, everybody who is known, once that is not as it was then.
   */
  static byte[] known(SealedRows rows, RosterState roster) throws CairnException {
    ByteArrayOutputStream known = new ByteArrayOutputStream();
    for (DeviceId device : read(rows)) {
      if (roster.everIn(device)) {
        known.write(device.bytes(), 0, DeviceId.SIZE_BYTES);
      }
    }
    byte[] then = Fact.CROWD.get(rows);
    byte[] now = everybody(roster);
    if (then != null && !Arrays.equals(then, now)) {
      known.write(now, 0, now.length);
    }
    return known.toByteArray();
  }

  private static byte[] everybody(RosterState roster) {
    Sha256 devices = new Sha256();
    roster.devices().forEach(entry -> devices.update(entry.device().bytes()));
    return devices.digest().bytes();
  }

  /** Remembers more of them, as many as fit, and if not all did. */
  static void add(SealedRows rows, Set<DeviceId> more, RosterState roster) throws CairnException {
    if (more.isEmpty()) {
      return;
    }
    Set<DeviceId> devices = read(rows);
    for (DeviceId device : more) {
      if (devices.size() < Limits.DEVICES_SET_ASIDE_MAX) {
        devices.add(device);
      } else if (!devices.contains(device)) {
        Fact.CROWD.put(rows, everybody(roster));
      }
    }
    CborWriter writer = new CborWriter().array(devices.size());
    devices.forEach(device -> writer.bytes(device.bytes()));
    Fact.ASIDE.put(rows, writer.toBytes());
  }
}
