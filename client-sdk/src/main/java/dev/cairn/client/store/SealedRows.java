package dev.cairn.client.store;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.suite.Traces;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decrypted rows inside one transaction of {@link EncryptedStore}; not to be kept after it. */
public final class SealedRows {

  /** What a scan does with each value. */
  public interface Visitor {
    /** Returns whether to go on. */
    boolean visit(byte[] value) throws CairnException;
  }

  /** All that count; what they come to stands apart. */
  private static final Set<Table> SUMMED =
      Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(Table.TALLY)));

  private final EncryptedStore store;
  private static final byte[] TALLY = {'t'};

  private final Rows rows;
  private final Traces destroyed;
  private @Nullable RowTally tally;

  SealedRows(EncryptedStore store, Rows rows, Traces destroyed) {
    this.store = store;
    this.rows = rows;
    this.destroyed = destroyed;
  }

  /** The value under an id of a hashed table, or null. */
  public byte @Nullable [] get(Table table, byte[] id) throws CairnException {
    return fetch(table, hashed(table, id));
  }

  /** The value at a number of a counted table, or null. */
  public byte @Nullable [] get(Table table, long number) throws CairnException {
    return fetch(table, counted(table, number));
  }

  private byte @Nullable [] fetch(Table table, byte[] key) throws CairnException {
    byte[] stored = rows.get(table.number(), key);
    return stored == null ? null : store.open(table, key, stored);
  }

  /** Sets the value under an id of a hashed table. */
  public void put(Table table, byte[] id, byte[] value) throws CairnException {
    byte[] key = hashed(table, id);
    change(table, key, store.seal(table, key, value));
  }

  /** Sets the value at a number of a counted table. */
  public void put(Table table, long number, byte[] value) throws CairnException {
    byte[] key = counted(table, number);
    change(table, key, store.seal(table, key, value));
  }

  /**
   * Notes that the row at a number is about to be deleted or replaced for good: what it is now must
   * not be found in the store's files once that is durable, with the store's keys or without.
   */
  public void destroys(Table table, long number) throws CairnException {
    destroysRow(table, counted(table, number));
  }

  /** The same for the row under an id of a hashed table. */
  public void destroys(Table table, byte[] id) throws CairnException {
    destroysRow(table, hashed(table, id));
  }

  private void destroysRow(Table table, byte[] key) throws CairnException {
    byte[] stored = rows.get(table.number(), key);
    if (stored != null) {
      destroyed.add(stored);
    }
  }

  /** Removes an id of a hashed table. */
  public void delete(Table table, byte[] id) throws CairnException {
    change(table, hashed(table, id), null);
  }

  /** Removes a number of a counted table. */
  public void delete(Table table, long number) throws CairnException {
    change(table, counted(table, number), null);
  }

  private void change(Table table, byte[] key, byte @Nullable [] stored) throws CairnException {
    tally().changed(table, key, rows.get(table.number(), key), stored);
    if (stored == null) {
      rows.delete(table.number(), key);
    } else {
      rows.put(table.number(), key, stored);
    }
  }

  /** What the rows came to before this transaction, and then with what it changes. */
  private RowTally tally() throws CairnException {
    RowTally known = tally;
    if (known == null) {
      known = store.tally(keptTally());
      tally = known;
    }
    return known;
  }

  /** The row, or null: also when it is damaged, for then no count fits it, and that shows. */
  private byte @Nullable [] keptTally() throws CairnException {
    try {
      return fetch(Table.TALLY, store.key(Table.TALLY, TALLY));
    } catch (StoreException damaged) {
      if (damaged.reason() == StoreException.Reason.CORRUPT) {
        return null;
      }
      throw damaged;
    }
  }

  /** Writes what the rows come to now; the last thing in a transaction. */
  void finish() throws CairnException {
    RowTally known = tally;
    if (known != null) {
      byte[] key = store.key(Table.TALLY, TALLY);
      rows.put(Table.TALLY.number(), key, store.seal(Table.TALLY, key, known.bytes()));
    }
  }

  /** Tables with another number of rows than was written; quickly told, and not the whole truth. */
  public Set<Table> miscounted() throws CairnException {
    Set<Table> found = EnumSet.noneOf(Table.class);
    for (Table table : SUMMED) {
      if (tally().count(table) != count(table)) {
        found.add(table);
      }
    }
    return found;
  }

  /** Tables whose rows are not those that were written last, one of them or many. */
  public Set<Table> altered() throws CairnException {
    Set<Table> found = EnumSet.noneOf(Table.class);
    RowTally now = store.tally(null);
    for (Table table : SUMMED) {
      rows.scan(
          table.number(),
          new byte[0],
          (key, stored) -> {
            now.changed(table, key, null, stored);
            return true;
          });
      if (!tally().agrees(now, table)) {
        found.add(table);
      }
    }
    return found;
  }

  /** Takes the rows of these tables as they are, once all of them were looked at. */
  public void recount(Set<Table> tables) throws CairnException {
    RowTally now = store.tally(null);
    for (Table table : tables) {
      rows.scan(
          table.number(),
          new byte[0],
          (key, stored) -> {
            now.changed(table, key, null, stored);
            return true;
          });
      tally().adopt(now, table);
    }
  }

  /** Whether there is a row at a number. */
  public boolean has(Table table, long number) throws CairnException {
    return rows.get(table.number(), counted(table, number)) != null;
  }

  /** The numbers of the rows of a counted table, from one on, in order. */
  public List<Long> numbers(Table table, long from) throws CairnException {
    List<Long> numbers = new ArrayList<>();
    rows.scan(
        table.number(),
        counted(table, from),
        (key, stored) -> numbers.add(ByteBuffer.wrap(key).getLong()));
    return numbers;
  }

  /** What becomes of a row. */
  public interface Replacement {
    /** Its new value, or the same. */
    byte[] of(byte[] value) throws CairnException;
  }

  /** Gives every row of a table the value that follows from what it has. */
  public void replaceEach(Table table, Replacement replacement) throws CairnException {
    List<byte[]> keys = new ArrayList<>();
    List<byte[]> values = new ArrayList<>();
    rows.scan(
        table.number(),
        new byte[0],
        (key, stored) -> {
          byte[] value = store.open(table, key, stored);
          byte[] next = replacement.of(value);
          if (!Arrays.equals(value, next)) {
            keys.add(key);
            values.add(next);
          }
          return true;
        });
    for (int i = 0; i < keys.size(); i++) {
      change(table, keys.get(i), store.seal(table, keys.get(i), values.get(i)));
    }
  }

  /**
   * Visits the values of a table: a counted one in ascending order from a number on, a hashed one
   * whole and in no useful order ({@code from} is then 0).
   */
  public void scan(Table table, long from, Visitor visitor) throws CairnException {
    byte[] start = table.counted() ? counted(table, from) : new byte[0];
    rows.scan(
        table.number(), start, (key, stored) -> visitor.visit(store.open(table, key, stored)));
  }

  /** How many rows a table has. */
  public long count(Table table) throws CairnException {
    return rows.count(table.number());
  }

  private byte[] hashed(Table table, byte[] id) {
    if (table.counted()) {
      throw new IllegalArgumentException(table + " is keyed by number");
    }
    return store.key(table, id);
  }

  private static byte[] counted(Table table, long number) {
    if (!table.counted() || number < 0) {
      throw new IllegalArgumentException(table + " at " + number);
    }
    return ByteBuffer.allocate(8).putLong(number).array();
  }
}
