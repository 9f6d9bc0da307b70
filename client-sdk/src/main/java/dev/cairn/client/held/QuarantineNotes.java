package dev.cairn.client.held;

import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.Table;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.limits.Limits;
import java.util.HashMap;
import java.util.Map;

/**
 * What this store alone knows about its quarantine: which changes were refused here, and how much
 * of what suspended devices made beyond came by hand. Which changes are in quarantine stands
 * nowhere: it follows from the roster and from what is held.
 */
public final class QuarantineNotes {

  private QuarantineNotes() {}

  /**
   * How much of one device waits.
   *
   * @param changes that came by hand, lie beyond its suspension and were not refused
   * @param sizeBytes of these together
   */
  public record Room(long changes, long sizeBytes) {

    /** Nothing waits. */
    public static final Room EMPTY = new Room(0, 0);

    /** With one more. */
    public Room with(long moreBytes) {
      return new Room(changes + 1, sizeBytes + moreBytes);
    }

    /** Whether it is no more than may wait. */
    public boolean fits() {
      return changes <= Limits.QUARANTINE_CHANGES_MAX && sizeBytes <= Limits.QUARANTINE_BYTES_MAX;
    }
  }

  /** How much of a device waits. */
  public static Room room(SealedRows rows, DeviceId device) throws CairnException {
    byte[] row = rows.get(Table.QUARANTINE, roomKey(device));
    return row == null
        ? Room.EMPTY
        : StoredForm.read("room in quarantine", row, QuarantineNotes::readRoom);
  }

  private static Room readRoom(CborReader reader) throws CairnException {
    reader.arrayOf(3);
    reader.nul();
    return new Room(reader.uint(), reader.uint());
  }

  /** Writes how much of a device waits. */
  public static void write(SealedRows rows, DeviceId device, Room room) throws CairnException {
    CborWriter writer = new CborWriter().array(3).nul();
    rows.put(
        Table.QUARANTINE,
        roomKey(device),
        writer.uint(room.changes()).uint(room.sizeBytes()).toBytes());
  }

  /** Notes that a change was refused here, and why: empty if nobody said. */
  public static void refuse(SealedRows rows, ChangeId change, String reason) throws CairnException {
    rows.put(
        Table.QUARANTINE,
        change.bytes(),
        new CborWriter().array(2).bytes(change.bytes()).text(reason).toBytes());
  }

  /** Forgets that a change was refused. */
  public static void forget(SealedRows rows, ChangeId change) throws CairnException {
    rows.delete(Table.QUARANTINE, change.bytes());
  }

  /** Every change that was refused here, and why. */
  public static Map<ChangeId, String> refusals(SealedRows rows) throws CairnException {
    Map<ChangeId, String> refusals = new HashMap<>();
    rows.scan(
        Table.QUARANTINE,
        0,
        row -> {
          StoredForm.read("refused change", row, reader -> readRefusal(reader, refusals));
          return true;
        });
    return refusals;
  }

  private static Boolean readRefusal(CborReader reader, Map<ChangeId, String> refusals)
      throws CairnException {
    int fields = reader.arrayHeader(3);
    if (fields == 2) {
      ChangeId change = ChangeId.of(reader.bytesExactly(ChangeId.SIZE_BYTES));
      refusals.put(change, reader.text(Limits.REASON_SIZE_BYTES_MAX));
    } else {
      reader.nul();
      reader.uint();
      reader.uint();
    }
    return Boolean.TRUE;
  }

  private static byte[] roomKey(DeviceId device) {
    return new CborWriter().array(2).text("room").bytes(device.bytes()).toBytes();
  }
}
