package dev.cairn.client.held;

import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.Table;
import dev.cairn.client.vault.DestructibleKeys;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Operations;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a coordinator told this device of a record, kept under a key of its own until it is
 * dismissed.
 *
 * @param id the change that tells
 * @param record what it is about
 * @param from who tells
 * @param clock of the change
 * @param told questions, decisions, decisions taken back, and withdrawals
 */
public record Message(
    ChangeId id, RecordId record, DeviceId from, long clock, List<Operation> told) {

  private static final int FIELDS = 5;

  /** Takes the list as it is now. */
  public Message {
    told = List.copyOf(told);
  }

  /** Keeps it; its key is in the ring already. */
  public void write(SealedRows rows, Secret key, Randomness randomness) throws CairnException {
    CborWriter content = new CborWriter();
    Operations.writeAll(told, content);
    rows.put(
        Table.MESSAGE,
        id.bytes(),
        new CborWriter()
            .array(FIELDS)
            .bytes(id.bytes())
            .bytes(record.bytes())
            .bytes(from.bytes())
            .uint(clock)
            .bytes(WaitingContent.seal(key, id.bytes(), content.toBytes(), randomness))
            .toBytes());
  }

  /** Removes it; its key is destroyed already. */
  public void delete(SealedRows rows) throws CairnException {
    rows.delete(Table.MESSAGE, id.bytes());
  }

  /** Every message whose key is still there, oldest first. */
  public static List<Message> readAll(SealedRows rows, DestructibleKeys keys)
      throws CairnException {
    List<Message> all = new ArrayList<>();
    rows.scan(
        Table.MESSAGE,
        0,
        row -> {
          StoredForm.read(
              "message",
              row,
              reader -> {
                read(reader, keys, all);
                return Boolean.TRUE;
              });
          return true;
        });
    all.sort(
        (one, other) ->
            one.clock != other.clock
                ? Long.compare(one.clock, other.clock)
                : one.id.compareTo(other.id));
    return all;
  }

  /** The ids of all messages, their keys there or not. */
  public static Set<ChangeId> ids(SealedRows rows) throws CairnException {
    Set<ChangeId> ids = new HashSet<>();
    rows.scan(
        Table.MESSAGE,
        0,
        row -> {
          CborReader reader = CborReader.of(row);
          reader.arrayOf(FIELDS);
          ids.add(ChangeId.of(reader.bytesExactly(ChangeId.SIZE_BYTES)));
          return true;
        });
    return ids;
  }

  private static void read(CborReader reader, DestructibleKeys keys, List<Message> all)
      throws CairnException {
    reader.arrayOf(FIELDS);
    ChangeId id = ChangeId.of(reader.bytesExactly(ChangeId.SIZE_BYTES));
    RecordId record = RecordId.of(reader.bytesExactly(RecordId.SIZE_BYTES));
    DeviceId from = DeviceId.of(reader.bytesExactly(DeviceId.SIZE_BYTES));
    long clock = reader.uint();
    byte[] sealed = reader.bytes(Integer.MAX_VALUE);
    Secret key = keys.get(WaitingContent.keyName(id));
    if (key != null) {
      byte[] content = WaitingContent.open(key, id.bytes(), sealed);
      key.wipe();
      List<Operation> told = Operations.readAll(CborReader.of(content));
      all.add(new Message(id, record, from, clock, told));
    }
  }

  /** The id only. */
  @Override
  public String toString() {
    return "message " + id;
  }
}
