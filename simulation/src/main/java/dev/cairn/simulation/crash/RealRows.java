package dev.cairn.simulation.crash;

import dev.cairn.client.store.RowStore;
import dev.cairn.client.store.Rows;
import dev.cairn.client.store.StoreException;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.suite.Traces;
import dev.cairn.simulation.disk.DiskPlan;
import org.jspecify.annotations.Nullable;

/** The rows of a real disk, for one life of its machine. */
final class RealRows implements RowStore {

  private final RealDisk disk;
  private final RowStore store;
  private final long life;

  RealRows(RealDisk disk, RowStore store) {
    this.disk = disk;
    this.store = store;
    this.life = disk.life();
  }

  @Override
  public <T> T write(Work<T> work) throws CairnException {
    disk.requireAlive(life);
    DiskPlan.Fate[] fate = new DiskPlan.Fate[1];
    T result =
        store.write(
            rows -> {
              WatchedRows watched = new WatchedRows(rows);
              T done = work.on(watched);
              if (watched.changed) {
                disk.requireAlive(life);
                fate[0] = disk.fate();
              }
              return done;
            });
    if (fate[0] != null) {
      disk.wrote(fate[0]);
    }
    return result;
  }

  @Override
  public <T> T read(Work<T> work) throws CairnException {
    disk.requireAlive(life);
    return store.read(rows -> work.on(new WatchedRows(rows)));
  }

  @Override
  public void check() throws StoreException {
    disk.requireAlive(life);
    store.check();
  }

  @Override
  public void scrub(Traces destroyed) throws StoreException {
    disk.requireAlive(life);
    store.scrub(destroyed);
  }

  @Override
  public void close() {
    store.close();
  }

  /** Knows whether anything was changed, and that the dead do nothing. */
  private final class WatchedRows implements Rows {
    private final Rows rows;
    private boolean changed;

    WatchedRows(Rows rows) {
      this.rows = rows;
    }

    @Override
    public byte @Nullable [] get(int table, byte[] key) throws StoreException {
      disk.requireAlive(life);
      return rows.get(table, key);
    }

    @Override
    public void put(int table, byte[] key, byte[] value) throws StoreException {
      disk.requireAlive(life);
      changed = true;
      rows.put(table, key, value);
    }

    @Override
    public void delete(int table, byte[] key) throws StoreException {
      disk.requireAlive(life);
      changed = true;
      rows.delete(table, key);
    }

    @Override
    public void scan(int table, byte[] from, Visitor visitor) throws CairnException {
      disk.requireAlive(life);
      rows.scan(table, from, visitor);
    }

    @Override
    public long count(int table) throws StoreException {
      disk.requireAlive(life);
      return rows.count(table);
    }
  }
}
