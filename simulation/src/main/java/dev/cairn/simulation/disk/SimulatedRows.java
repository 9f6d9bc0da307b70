package dev.cairn.simulation.disk;

import dev.cairn.client.store.RowStore;
import dev.cairn.client.store.Rows;
import dev.cairn.client.store.StoreException;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.suite.Traces;
import dev.cairn.simulation.disk.SimulatedDisk.RowKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of a simulated disk, for one life of its machine. */
final class SimulatedRows implements RowStore, Rows {

  private final SimulatedDisk disk;
  private final long life;
  private final Deque<Runnable> undo = new ArrayDeque<>();
  private boolean writing;

  SimulatedRows(SimulatedDisk disk) {
    this.disk = disk;
    this.life = disk.life();
  }

  @Override
  public <T> T write(Work<T> work) throws CairnException {
    disk.requireAlive(life);
    undo.clear();
    writing = true;
    boolean done = false;
    try {
      T result = work.on(this);
      boolean changed = !undo.isEmpty();
      if (changed) {
        disk.requireAlive(life);
        done = commit();
      }
      done = true;
      return result;
    } catch (AfterCommit crash) {
      done = true;
      throw crash.crash;
    } finally {
      writing = false;
      if (!done) {
        undo.forEach(Runnable::run);
      }
      undo.clear();
    }
  }

  private boolean commit() throws StoreException {
    boolean[] durable = new boolean[1];
    try {
      disk.write(() -> durable[0] = true);
      return true;
    } catch (Crash crash) {
      if (durable[0]) {
        throw new AfterCommit(crash);
      }
      throw crash;
    }
  }

  /** Tells that the machine died with everything durable. */
  private static final class AfterCommit extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Crash crash;

    AfterCommit(Crash crash) {
      super(null, null, false, false);
      this.crash = crash;
    }
  }

  @Override
  public <T> T read(Work<T> work) throws CairnException {
    disk.requireAlive(life);
    return work.on(this);
  }

  @Override
  public byte @Nullable [] get(int table, byte[] key) {
    disk.requireAlive(life);
    byte[] value = disk.table(table).get(new RowKey(key));
    return value == null ? null : value.clone();
  }

  @Override
  public void put(int table, byte[] key, byte[] value) {
    change(table, new RowKey(key.clone()), value.clone());
  }

  @Override
  public void delete(int table, byte[] key) {
    change(table, new RowKey(key.clone()), null);
  }

  private void change(int table, RowKey key, byte @Nullable [] value) {
    disk.requireAlive(life);
    if (!writing) {
      throw new IllegalStateException("a change outside of a transaction");
    }
    byte[] before = set(table, key, value);
    undo.push(() -> set(table, key, before));
  }

  private byte @Nullable [] set(int table, RowKey key, byte @Nullable [] value) {
    return value == null ? disk.table(table).remove(key) : disk.table(table).put(key, value);
  }

  @Override
  public void scan(int table, byte[] from, Visitor visitor) throws CairnException {
    disk.requireAlive(life);
    for (Map.Entry<RowKey, byte[]> row : disk.table(table).tailMap(new RowKey(from)).entrySet()) {
      if (!visitor.visit(row.getKey().bytes().clone(), row.getValue().clone())) {
        return;
      }
    }
  }

  @Override
  public long count(int table) {
    disk.requireAlive(life);
    return disk.table(table).size();
  }

  @Override
  public void check() {
    disk.requireAlive(life);
  }

  @Override
  public void scrub(Traces destroyed) {
    disk.requireAlive(life);
  }

  @Override
  public void close() {}
}
