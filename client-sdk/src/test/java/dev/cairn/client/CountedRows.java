package dev.cairn.client;

import dev.cairn.client.store.RowStore;
import dev.cairn.client.store.Rows;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.vault.DestructibleKeys;
import dev.cairn.client.vault.KeyProtector;
import dev.cairn.client.vault.StoreFolder;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.Traces;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Counts what is asked of rows: how many are read, and how many bytes are written. */
final class CountedRows {

  private long reads;
  private long bytesWritten;

  /** Rows read, visited ones among them. */
  long reads() {
    return reads;
  }

  /** Bytes of rows written. */
  long bytesWritten() {
    return bytesWritten;
  }

  /** The same drivers, counted. */
  StoreDrivers over(StoreDrivers drivers) {
    return new StoreDrivers() {
      @Override
      public Secret newMaster(
          Path slot, Secret passphrase, KeyProtector protector, Randomness randomness)
          throws CairnException {
        return drivers.newMaster(slot, passphrase, protector, randomness);
      }

      @Override
      public RowStore rows(StoreFolder at) throws CairnException {
        return counted(drivers.rows(at));
      }

      @Override
      public void begin(StoreFolder at, Secret key, Randomness randomness) throws CairnException {
        drivers.begin(at, key, randomness);
      }

      @Override
      public DestructibleKeys keys(StoreFolder at, Secret key, Randomness randomness)
          throws CairnException {
        return drivers.keys(at, key, randomness);
      }
    };
  }

  private RowStore counted(RowStore store) {
    return new RowStore() {
      @Override
      public <T> T write(Work<T> work) throws CairnException {
        return store.write(rows -> work.on(counted(rows)));
      }

      @Override
      public <T> T read(Work<T> work) throws CairnException {
        return store.read(rows -> work.on(counted(rows)));
      }

      @Override
      public void scrub(Traces destroyed) throws StoreException {
        store.scrub(destroyed);
      }

      @Override
      public void check() throws StoreException {
        store.check();
      }

      @Override
      public void close() {
        store.close();
      }
    };
  }

  private Rows counted(Rows rows) {
    return new Rows() {
      @Override
      public byte @Nullable [] get(int table, byte[] key) throws StoreException {
        reads++;
        return rows.get(table, key);
      }

      @Override
      public void put(int table, byte[] key, byte[] value) throws StoreException {
        bytesWritten += key.length + value.length;
        rows.put(table, key, value);
      }

      @Override
      public void delete(int table, byte[] key) throws StoreException {
        rows.delete(table, key);
      }

      @Override
      public void scan(int table, byte[] from, Visitor visitor) throws CairnException {
        rows.scan(
            table,
            from,
            (key, value) -> {
              reads++;
              return visitor.visit(key, value);
            });
      }

      @Override
      public long count(int table) throws StoreException {
        return rows.count(table);
      }
    };
  }
}
