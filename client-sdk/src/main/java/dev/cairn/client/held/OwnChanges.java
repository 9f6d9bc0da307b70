package dev.cairn.client.held;

import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.StoreException.Reason;
import dev.cairn.client.store.Table;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.id.ChangeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The changes this device wrote, by sequence, each with its signature and ciphertext: exactly what
 * is pushed, today or again. They are kept for good, for a server may have to be refilled.
 */
public final class OwnChanges {

  private OwnChanges() {}

  /**
   * Writes a change just written, or anew without its body.
   *
   * @throws StoreException if another is there already: what says where this feed continues is
   *     older than the feed
   */
  public static void write(SealedRows rows, Change change) throws CairnException {
    long sequence = change.prefix().sequence();
    Optional<Change> there = at(rows, sequence);
    if (there.isPresent() && !there.get().id().equals(change.id())) {
      throw new StoreException(
          Reason.CORRUPT, "part of the store is older than the rest; nothing was written");
    }
    rows.put(Table.OWN_CHANGE, sequence, ChangeForm.bytes(change));
    rows.put(
        Table.OWN_CHANGE_PLACE, change.id().bytes(), new CborWriter().uint(sequence).toBytes());
  }

  /** The change at a sequence. */
  public static Optional<Change> at(SealedRows rows, long sequence) throws CairnException {
    byte[] row = rows.get(Table.OWN_CHANGE, sequence);
    return row == null
        ? Optional.empty()
        : Optional.of(StoredForm.read("own change", row, ChangeForm::read));
  }

  /** The sequence of an own change. */
  public static OptionalLong sequence(SealedRows rows, ChangeId change) throws CairnException {
    byte[] row = rows.get(Table.OWN_CHANGE_PLACE, change.bytes());
    return row == null
        ? OptionalLong.empty()
        : OptionalLong.of(StoredForm.read("place of an own change", row, CborReader::uint));
  }

  /** Every change from a sequence on, in order. */
  public static void each(SealedRows rows, long sequence, Consumer<Change> change)
      throws CairnException {
    rows.scan(
        Table.OWN_CHANGE,
        sequence,
        row -> {
          change.accept(StoredForm.read("own change", row, ChangeForm::read));
          return true;
        });
  }

  /** Up to so many changes from a sequence on, in order. */
  public static List<Change> from(SealedRows rows, long sequence, int countMax)
      throws CairnException {
    List<Change> changes = new ArrayList<>();
    rows.scan(
        Table.OWN_CHANGE,
        sequence,
        row -> {
          changes.add(StoredForm.read("own change", row, ChangeForm::read));
          return changes.size() < countMax;
        });
    return changes;
  }
}
