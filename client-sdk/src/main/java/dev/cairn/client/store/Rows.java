package dev.cairn.client.store;

import dev.cairn.protocol.CairnException;
import org.jspecify.annotations.Nullable;

/** The rows inside one transaction; not to be kept after it. */
public interface Rows {

  /** What a scan does with each row. */
  interface Visitor {
    /** Returns whether to go on. */
    boolean visit(byte[] key, byte[] value) throws CairnException;
  }

  /** The value under a key, or null. */
  byte @Nullable [] get(int table, byte[] key) throws StoreException;

  /** Sets the value under a key. */
  void put(int table, byte[] key, byte[] value) throws StoreException;

  /** Removes a key; without effect if it is not there. */
  void delete(int table, byte[] key) throws StoreException;

  /**
   * Visits rows in ascending unsigned order of keys, from a key on. The visitor changes nothing.
   */
  void scan(int table, byte[] from, Visitor visitor) throws CairnException;

  /** How many rows a table has. */
  long count(int table) throws StoreException;
}
