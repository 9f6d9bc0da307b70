package dev.cairn.client.courier;

import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.OthersChanges;
import dev.cairn.client.held.StoredForm;
import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.Table;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a parcel lacks that waits here: devices that are not known, changes that are not held. To
 * open it and to look at its signatures again before some of that has come would be in vain, and
 * anybody can hand over parcels that wait for ever. Without any of both, what it lacks is a newer
 * program.
 *
 * @param devices the first of those unknown
 * @param changes the first of those missing
 * @param keys how many keys of circles there were when it was tried: with another, it may turn out
 *     to be no parcel at all
 */
record Lacking(List<DeviceId> devices, List<ChangeId> changes, int keys) {

  private static final int FIELDS = 4;

  /** The first of them, together no more than are remembered. */
  static Lacking of(Collection<DeviceId> devices, Collection<ChangeId> changes, int keys) {
    List<DeviceId> unknown =
        devices.stream().limit(Limits.PARCEL_LACKING_MAX).collect(Collectors.toList());
    List<ChangeId> missing =
        changes.stream()
            .limit(Limits.PARCEL_LACKING_MAX - unknown.size())
            .collect(Collectors.toList());
    return new Lacking(unknown, missing, keys);
  }

  /** Whether nothing but another program can tell more. */
  boolean isForLater() {
    return devices.isEmpty() && changes.isEmpty();
  }

  /** The same, tried with so many keys. */
  Lacking with(int otherKeys) {
    return new Lacking(devices, changes, otherKeys);
  }

  /** Whether the roster or the keys tell more by now. */
  boolean isKnown(Holdings holdings) {
    return keys != keysOf(holdings)
        || devices.stream().anyMatch(device -> holdings.roster().device(device).isPresent());
  }

  /** Whether one of the changes is held by now. */
  boolean isHeld(SealedRows rows) throws CairnException {
    for (ChangeId change : changes) {
      if (OthersChanges.place(rows, change).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** How many keys of circles this device has. */
  static int keysOf(Holdings holdings) {
    return holdings.book().keys().epochs().size();
  }

  void write(SealedRows rows, Digest parcel) throws CairnException {
    CborWriter writer = new CborWriter().array(FIELDS).bytes(parcel.bytes());
    writer.array(devices.size());
    devices.forEach(device -> writer.bytes(device.bytes()));
    StoredForm.write(writer, changes);
    rows.put(Table.LACKING, parcel.bytes(), writer.uint(keys).toBytes());
  }

  static void remove(SealedRows rows, Digest parcel) throws CairnException {
    if (rows.get(Table.LACKING, parcel.bytes()) != null) {
      rows.delete(Table.LACKING, parcel.bytes());
    }
  }

  /** What all lack that wait here, by parcel. */
  static Map<Digest, Lacking> all(SealedRows rows) throws CairnException {
    Map<Digest, Lacking> all = new LinkedHashMap<>();
    rows.scan(
        Table.LACKING,
        0,
        row -> {
          StoredForm.read("what a parcel lacks", row, reader -> read(reader, all));
          return true;
        });
    return all;
  }

  private static Lacking read(CborReader reader, Map<Digest, Lacking> all) throws CairnException {
    reader.arrayOf(FIELDS);
    Digest parcel = Digest.of(reader.bytesExactly(Digest.SIZE_BYTES));
    int count = reader.arrayHeader(Limits.PARCEL_LACKING_MAX);
    List<DeviceId> devices = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      devices.add(DeviceId.of(reader.bytesExactly(DeviceId.SIZE_BYTES)));
    }
    List<ChangeId> changes = StoredForm.readIds(reader);
    Lacking lacking = new Lacking(devices, changes, (int) reader.uint(Integer.MAX_VALUE));
    all.put(parcel, lacking);
    return lacking;
  }
}
