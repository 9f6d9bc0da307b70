package dev.cairn.server.ledger;

/**
 * Where spaces, statements, changes and logs are kept. Views may be open side by side on many
 * threads; there is one transaction at a time, and the caller sees to that.
 */
public interface LedgerStore extends AutoCloseable {

  /** The store as it is now. */
  LedgerView view() throws StoreException;

  /** Begins to write. */
  LedgerTransaction begin() throws StoreException;

  /** Overwrites what was erased wherever the store may still have a copy of it. */
  void scrub() throws StoreException;

  @Override
  void close();
}
