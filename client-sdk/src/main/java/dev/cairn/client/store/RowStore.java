package dev.cairn.client.store;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.suite.Traces;

/**
 * Where a device keeps its rows: numbered tables of opaque keys and values, changed in
 * transactions. This is all a storage driver has to offer, and all it ever learns: keys are keyed
 * hashes or plain counters, values are ciphertext.
 *
 * <p><b>Guarantee.</b> When {@link #write} returns, its changes survive a crash and a power cut;
 * when it throws, none of them happened. <b>Threads.</b> One at a time; a driver need not lock.
 */
public interface RowStore extends AutoCloseable {

  /** Work on the rows, in one transaction. */
  interface Work<T> {
    /** Reads and, inside {@link RowStore#write}, changes rows. */
    T on(Rows rows) throws CairnException;
  }

  /**
   * Runs work that may change rows, all or nothing, durably.
   *
   * @throws StoreException if the store fails; nothing was changed
   * @throws CairnException what the work throws; nothing was changed
   */
  <T> T write(Work<T> work) throws CairnException;

  /**
   * Runs work that only reads, on one consistent state.
   *
   * @throws CairnException if the store fails, or what the work throws
   */
  <T> T read(Work<T> work) throws CairnException;

  /**
   * Checks the files themselves, as thoroughly as the driver can.
   *
   * @throws StoreException with {@link StoreException.Reason#CORRUPT} if something is wrong
   */
  void check() throws StoreException;

  /**
   * Overwrites what rows that were deleted or replaced have left in the store's files, its
   * write-ahead log among them. To be called outside of a transaction.
   *
   * @param destroyed what the values of those rows were
   * @throws StoreException if that is not possible now; nothing that is there is lost
   */
  void scrub(Traces destroyed) throws StoreException;

  @Override
  void close();
}
