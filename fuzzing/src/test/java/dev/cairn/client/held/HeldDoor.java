package dev.cairn.client.held;

import dev.cairn.client.store.SealedRows;
import dev.cairn.client.vault.DestructibleKeys;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.log.LogKey;
import java.util.List;
import java.util.Map;

/** Everything that reads a row of an open store. */
public final class HeldDoor {

  private static final ChangeId CHANGE = ChangeId.of(new byte[ChangeId.SIZE_BYTES]);
  private static final DeviceId DEVICE = DeviceId.of(new byte[DeviceId.SIZE_BYTES]);
  private static final Audience AUDIENCE =
      Audience.of(List.of(CircleId.of(new byte[CircleId.SIZE_BYTES])));

  private HeldDoor() {}

  /** Reads rows of one kind. */
  public interface Reader {
    /** Reads all there are. */
    void read(SealedRows rows) throws CairnException;
  }

  /** The readers, each of which may refuse. */
  public static List<Reader> readers(Map<Long, LogKey> logs, DestructibleKeys keys) {
    return List.of(
        rows -> RosterBook.read(rows, Identity.read(rows), keys),
        Identity::read,
        rows -> LogSight.read(rows, logs),
        rows -> Unreconciled.read(rows, logs),
        Progress::read,
        ClockRow::read,
        SealingIntent::read,
        Withheld::isEmpty,
        rows -> UnknownHeads.heard(rows, DEVICE, Progress.read(rows)),
        HeardChange::readAll,
        ReceiptRow::readAll,
        ReceiptRow::kept,
        RecordEntry::readAll,
        AttachmentRow::readAll,
        rows -> Message.readAll(rows, keys),
        Message::ids,
        rows -> OthersChanges.scan(rows, 0, change -> true),
        rows -> OthersChanges.place(rows, CHANGE),
        rows -> OthersChanges.heads(rows, DEVICE, AUDIENCE),
        OthersChanges::kept,
        rows -> OwnChanges.at(rows, 0),
        rows -> OwnChanges.sequence(rows, CHANGE),
        rows -> OwnFeed.read(rows).load(rows, AUDIENCE));
  }
}
