package dev.cairn.client.store;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.suite.Aead;
import dev.cairn.protocol.suite.Hkdf;
import dev.cairn.protocol.suite.Hmac;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.Traces;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a device, encrypted: what reaches the driver is a keyed hash or a counter as key, and
 * AES-256-GCM ciphertext as value. The table and the key are authenticated with the value, so a row
 * moved, swapped or changed on disk is refused as {@link StoreException.Reason#CORRUPT}. One taken
 * away, or put back as it once was, shows in {@link SealedRows#altered}; only the whole database of
 * an earlier moment looks like nothing but itself.
 *
 * <p>What the disk still shows: how many rows each table has, and how large they are.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class EncryptedStore implements AutoCloseable {

  private static final int HASHED_KEY_BYTES = 16;

  private final RowStore rows;
  private final Randomness randomness;
  private final Secret valueKey;
  private final Secret lookupKey;
  private final Secret tallyKey;
  private final Traces destroyed = new Traces();

  /**
   * Puts encryption over a driver.
   *
   * @param master the store's master key, 32 bytes; the caller wipes its own copy
   */
  public EncryptedStore(RowStore rows, Secret master, Randomness randomness) {
    this.rows = rows;
    this.randomness = randomness;
    this.valueKey = derive(master, "cairn/store/rows");
    this.lookupKey = derive(master, "cairn/store/keys");
    this.tallyKey = derive(master, "cairn/store/tally");
  }

  private static Secret derive(Secret master, String purpose) {
    return Hkdf.expand(master, purpose, Aead.KEY_BYTES);
  }

  /** Work on decrypted rows, in one transaction. */
  public interface Work<T> {
    /** Reads and, inside {@link EncryptedStore#write}, changes rows. */
    T on(SealedRows rows) throws CairnException;
  }

  /** Changes to decrypted rows, in one transaction. */
  public interface Change {
    /** Reads and changes rows. */
    void on(SealedRows rows) throws CairnException;
  }

  /** Changes rows, all or nothing, durably. See {@link RowStore#write}. */
  public void change(Change change) throws CairnException {
    write(
        inTables -> {
          change.on(inTables);
          return Boolean.TRUE;
        });
  }

  /** Changes rows and answers, all or nothing, durably. See {@link RowStore#write}. */
  public <T> T write(Work<T> work) throws CairnException {
    Traces gone = new Traces();
    T result =
        rows.write(
            inner -> {
              SealedRows inTables = new SealedRows(this, inner, gone);
              T done = work.on(inTables);
              inTables.finish();
              return done;
            });
    destroyed.addAll(gone);
    scrub();
    return result;
  }

  /** Overwrites what must not be found in the store's files any more, if there is something. */
  private void scrub() {
    if (destroyed.isEmpty()) {
      return;
    }
    try {
      rows.scrub(destroyed);
      destroyed.clear();
    } catch (StoreException e) {
      // What was written is durable all the same; it is tried again after the next change.
      return;
    }
  }

  /** Runs work that only reads. See {@link RowStore#read}. */
  public <T> T read(Work<T> work) throws CairnException {
    return rows.read(inner -> work.on(new SealedRows(this, inner, new Traces())));
  }

  /** Checks the files, then opens every row of every table. Returns how many rows there are. */
  public long check() throws CairnException {
    rows.check();
    return read(
        inTables -> {
          long checked = 0;
          for (Table table : Table.values()) {
            long[] seen = {0};
            inTables.scan(table, 0, value -> ++seen[0] > 0);
            checked += seen[0];
          }
          return checked;
        });
  }

  RowTally tally(byte @Nullable [] row) {
    return RowTally.read(tallyKey, row);
  }

  byte[] key(Table table, byte[] id) {
    byte[] hash = Hmac.tag(lookupKey, ByteBuffer.allocate(4).putInt(table.number()).array(), id);
    return Arrays.copyOf(hash, HASHED_KEY_BYTES);
  }

  byte[] seal(Table table, byte[] key, byte[] value) {
    byte[] nonce = randomness.bytes(Aead.NONCE_BYTES);
    byte[] sealed = Aead.seal(valueKey, nonce, place(table, key), value);
    return ByteBuffer.allocate(Aead.NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
  }

  byte[] open(Table table, byte[] key, byte[] stored) throws StoreException {
    if (stored.length < Aead.NONCE_BYTES) {
      throw new StoreException(
          StoreException.Reason.CORRUPT, "a row of " + table + " is cut short");
    }
    try {
      return Aead.open(
          valueKey,
          Arrays.copyOf(stored, Aead.NONCE_BYTES),
          place(table, key),
          Arrays.copyOfRange(stored, Aead.NONCE_BYTES, stored.length));
    } catch (UndecryptableException e) {
      throw new StoreException(
          StoreException.Reason.CORRUPT, "a row of " + table + " is not what was written", e);
    }
  }

  private static byte[] place(Table table, byte[] key) {
    return ByteBuffer.allocate(4 + key.length).putInt(table.number()).put(key).array();
  }

  @Override
  public void close() {
    valueKey.wipe();
    lookupKey.wipe();
    tallyKey.wipe();
    rows.close();
  }
}
