package dev.cairn.client.store;

import dev.cairn.protocol.CairnException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Decrypted rows inside one transaction of {@link EncryptedStore}; not to be kept after it. */
public final class SealedRows {

  /** What a scan does with each value. */
  public interface Visitor {
    /** Returns whether to go on. */
    boolean visit(byte[] value) throws CairnException;
  }

  private final EncryptedStore store;
  private final Rows rows;

  SealedRows(EncryptedStore store, Rows rows) {
    this.store = store;
    this.rows = rows;
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
    rows.put(table.number(), key, store.seal(table, key, value));
  }

  /** Sets the value at a number of a counted table. */
  public void put(Table table, long number, byte[] value) throws CairnException {
    byte[] key = counted(table, number);
    rows.put(table.number(), key, store.seal(table, key, value));
  }

  /** Removes an id of a hashed table. */
  public void delete(Table table, byte[] id) throws CairnException {
    rows.delete(table.number(), hashed(table, id));
  }

  /** Removes a number of a counted table. */
  public void delete(Table table, long number) throws CairnException {
    rows.delete(table.number(), counted(table, number));
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
