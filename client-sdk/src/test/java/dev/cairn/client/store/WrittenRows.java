package dev.cairn.client.store;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.Traces;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Every row that was ever written over a driver, also what was deleted, written over or rolled back
 * since: all that freed pages and a write-ahead log could still hold, and more.
 */
public final class WrittenRows {

  private final List<Written> written = new ArrayList<>();
  private @Nullable RowStore rows;

  private static final class Written {
    private final int table;
    private final byte[] key;
    private final byte[] value;

    Written(int table, byte[] key, byte[] value) {
      this.table = table;
      this.key = key.clone();
      this.value = value.clone();
    }
  }

  /** The same rows, watched. */
  public RowStore over(RowStore rows) {
    this.rows = rows;
    return new RowStore() {
      @Override
      public <T> T write(Work<T> work) throws CairnException {
        return rows.write(inner -> work.on(watched(inner)));
      }

      @Override
      public <T> T read(Work<T> work) throws CairnException {
        return rows.read(work);
      }

      @Override
      public void scrub(Traces traces) throws StoreException {
        rows.scrub(traces);
      }

      @Override
      public void check() throws StoreException {
        rows.check();
      }

      @Override
      public void close() {
        rows.close();
      }
    };
  }

  private Rows watched(Rows rows) {
    return new Rows() {
      @Override
      public byte[] get(int table, byte[] key) throws StoreException {
        return rows.get(table, key);
      }

      @Override
      public void put(int table, byte[] key, byte[] value) throws StoreException {
        written.add(new Written(table, key, value));
        rows.put(table, key, value);
      }

      @Override
      public void delete(int table, byte[] key) throws StoreException {
        rows.delete(table, key);
      }

      @Override
      public void scan(int table, byte[] from, Visitor visitor) throws CairnException {
        rows.scan(table, from, visitor);
      }

      @Override
      public long count(int table) throws StoreException {
        return rows.count(table);
      }
    };
  }

  /** All of them, opened with a store's master key. */
  public List<byte[]> opened(Secret master) throws StoreException {
    List<byte[]> opened = new ArrayList<>();
    EncryptedStore store = new EncryptedStore(Objects.requireNonNull(rows), master, bytes -> {});
    for (Written row : written) {
      for (Table table : Table.values()) {
        if (table.number() == row.table) {
          opened.add(store.open(table, row.key, row.value));
        }
      }
    }
    return opened;
  }

  /** All of them as they lay there. */
  public List<byte[]> sealed() {
    List<byte[]> sealed = new ArrayList<>();
    written.forEach(row -> sealed.add(row.value));
    return sealed;
  }
}
