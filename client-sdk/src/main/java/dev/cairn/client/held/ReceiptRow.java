package dev.cairn.client.held;

import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.Table;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.Receipt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A verified receipt and the leaves it is for, in order, so that it can be shown and checked again.
 *
 * @param receipt proves them
 * @param leaves as many as the receipt counts
 */
public record ReceiptRow(Receipt receipt, List<Leaf> leaves) {

  private static final int RECEIPT_BYTES_MAX = 128 * 1024;

  /** Takes a copy. */
  public ReceiptRow {
    leaves = List.copyOf(leaves);
  }

  /** What a leaf is. */
  public sealed interface Leaf {
    /** A statement. */
    record OfStatement(StatementId statement) implements Leaf {}

    /**
     * A change.
     *
     * @param device its author
     * @param change the change
     */
    record OfChange(DeviceId device, ChangeId change) implements Leaf {}
  }

  /** Adds it to those held. */
  public void append(SealedRows rows) throws CairnException {
    CborWriter writer = new CborWriter();
    write(writer);
    rows.put(Table.RECEIPT, Fact.RECEIPTS.countOn(rows, Table.RECEIPT), writer.toBytes());
  }

  /** Its form inside a row. */
  void write(CborWriter writer) {
    writer.array(2).bytes(receipt.encode()).array(leaves.size());
    for (Leaf leaf : leaves) {
      if (leaf instanceof Leaf.OfStatement statement) {
        writer.array(1).bytes(statement.statement().bytes());
      } else {
        Leaf.OfChange change = (Leaf.OfChange) leaf;
        writer.array(2).bytes(change.device().bytes()).bytes(change.change().bytes());
      }
    }
  }

  /** How many are held, by the count that is kept beside them. */
  public static long kept(SealedRows rows) throws CairnException {
    return Fact.RECEIPTS.counted(rows);
  }

  /** Every receipt held, in the order of arrival. */
  public static List<ReceiptRow> readAll(SealedRows rows) throws CairnException {
    List<ReceiptRow> all = new ArrayList<>();
    rows.scan(
        Table.RECEIPT,
        0,
        row -> {
          all.add(StoredForm.read("receipt", row, ReceiptRow::read));
          return true;
        });
    return all;
  }

  /** Reads what {@link #write} wrote. */
  static ReceiptRow read(CborReader reader) throws MalformedException {
    reader.arrayOf(2);
    Receipt receipt = Receipt.decode(reader.bytes(RECEIPT_BYTES_MAX));
    int count = reader.arrayHeader(Limits.PROOF_RUN_LEAVES_MAX);
    List<Leaf> leaves = new ArrayList<>(Math.min(count, 1024));
    for (int i = 0; i < count; i++) {
      if (reader.arrayHeader(2) == 1) {
        leaves.add(
            new Leaf.OfStatement(StatementId.of(reader.bytesExactly(StatementId.SIZE_BYTES))));
      } else {
        leaves.add(
            new Leaf.OfChange(
                DeviceId.of(reader.bytesExactly(DeviceId.SIZE_BYTES)),
                ChangeId.of(reader.bytesExactly(ChangeId.SIZE_BYTES))));
      }
    }
    return new ReceiptRow(receipt, leaves);
  }

  /** The places of changes that receipts prove in the log that is followed. */
  public static Map<ChangeId, Long> ownPositions(SealedRows rows, Holdings holdings)
      throws CairnException {
    Map<ChangeId, Long> positions = new HashMap<>();
    LogKey log = holdings.roster().logs().get(holdings.log().generation());
    for (ReceiptRow row : readAll(rows)) {
      if (log == null || !row.receipt().isOf(log)) {
        continue;
      }
      long position = row.receipt().proof().first();
      for (Leaf leaf : row.leaves()) {
        if (leaf instanceof Leaf.OfChange change) {
          positions.put(change.change(), position);
        }
        position++;
      }
    }
    return positions;
  }

  /** The newest receipt for a change. */
  public static Optional<ReceiptRow> find(SealedRows rows, ChangeId change) throws CairnException {
    Optional<ReceiptRow> found = Optional.empty();
    for (ReceiptRow row : readAll(rows)) {
      if (row.leaves().stream()
          .anyMatch(leaf -> leaf instanceof Leaf.OfChange of && of.change().equals(change))) {
        found = Optional.of(row);
      }
    }
    return found;
  }
}
