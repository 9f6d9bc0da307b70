package dev.cairn.simulation.disk;

import dev.cairn.client.StoreDrivers;
import dev.cairn.client.store.Rows;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.vault.KeyName;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.suite.Secret;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one device durably holds: rows, destructible keys, the master key. Above it the real client
 * runs; below it nothing is real, so that a crash costs no time. A write is durable exactly when it
 * returns, and a machine that died can neither write nor read any more.
 */
public final class SimulatedDisk implements Disk {

  /** A key of a row, ordered as SQLite orders it. */
  static final class RowKey implements Comparable<RowKey> {
    private final byte[] bytes;

    RowKey(byte[] bytes) {
      this.bytes = bytes;
    }

    byte[] bytes() {
      return bytes;
    }

    @Override
    public int compareTo(RowKey other) {
      return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof RowKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }

  private final DiskPlan plan = new DiskPlan();
  private Map<Integer, NavigableMap<RowKey, byte[]>> tables = new TreeMap<>();
  private Map<KeyName, byte[]> keys = new LinkedHashMap<>();
  private byte[] master = new byte[0];
  private long life;

  @Override
  public DiskPlan plan() {
    return plan;
  }

  @Override
  public StoreDrivers drivers() {
    return new SimulatedDrivers(this);
  }

  /** The number of the machine's present life. */
  long life() {
    return life;
  }

  @Override
  public void powerOff() {
    life++;
  }

  @Override
  public void powerOn() {}

  void requireAlive(long of) {
    if (of != life) {
      throw new Crash("a dead machine");
    }
  }

  /** One durable write: all of it, or an error, or death. */
  void write(Runnable change) throws StoreException {
    switch (plan.next()) {
      case FULL -> throw new StoreException(StoreException.Reason.FULL, "the disk is full");
      case DIES_BEFORE -> {
        powerOff();
        throw new Crash("before a write");
      }
      case DIES_AFTER -> {
        change.run();
        powerOff();
        throw new Crash("after a write");
      }
      default -> change.run();
    }
  }

  SortedMap<RowKey, byte[]> table(int number) {
    return tables.computeIfAbsent(number, any -> new TreeMap<>());
  }

  Map<KeyName, byte[]> keys() {
    return keys;
  }

  @Override
  public Set<KeyName> keyNames() {
    return Set.copyOf(keys.keySet());
  }

  byte[] master() {
    return master.clone();
  }

  void master(byte[] value) {
    master = value.clone();
  }

  @Override
  public Image image() {
    return new Image(copy(tables), new LinkedHashMap<>(keys), master.clone());
  }

  @Override
  public void begin(Path folder, Copy copy) throws CairnException {
    SimulatedDrivers.lay(folder);
    restore(copy);
  }

  @Override
  public void restore(Copy copy) {
    Image image = (Image) copy;
    powerOff();
    tables = copy(image.tables);
    keys = new LinkedHashMap<>(image.keys);
    master = image.master.clone();
  }

  /** How many bytes there are of rows. */
  public long rowBytes() {
    long bytes = 0;
    for (NavigableMap<RowKey, byte[]> table : tables.values()) {
      for (Map.Entry<RowKey, byte[]> row : table.entrySet()) {
        bytes += row.getKey().bytes.length + row.getValue().length;
      }
    }
    return bytes;
  }

  private static Map<Integer, NavigableMap<RowKey, byte[]>> copy(
      Map<Integer, NavigableMap<RowKey, byte[]>> tables) {
    Map<Integer, NavigableMap<RowKey, byte[]>> copy = new TreeMap<>();
    // Values are never changed in place, so the maps are all there is to copy.
    tables.forEach((number, rows) -> copy.put(number, new TreeMap<>(rows)));
    return copy;
  }

  /** What a disk held once. */
  public static final class Image implements Copy {
    private final Map<Integer, NavigableMap<RowKey, byte[]>> tables;
    private final Map<KeyName, byte[]> keys;
    private final byte[] master;

    private Image(
        Map<Integer, NavigableMap<RowKey, byte[]>> tables,
        Map<KeyName, byte[]> keys,
        byte[] master) {
      this.tables = tables;
      this.keys = keys;
      this.master = master;
    }

    /** Writes its rows. */
    public void rowsTo(Rows rows) throws CairnException {
      for (Map.Entry<Integer, NavigableMap<RowKey, byte[]>> table : tables.entrySet()) {
        for (Map.Entry<RowKey, byte[]> row : table.getValue().entrySet()) {
          rows.put(table.getKey(), row.getKey().bytes(), row.getValue());
        }
      }
    }

    /** Its destructible keys. */
    public Map<KeyName, Secret> keys() {
      Map<KeyName, Secret> secrets = new LinkedHashMap<>();
      keys.forEach((name, key) -> secrets.put(name, Secret.copyOf(key)));
      return secrets;
    }

    /** Its master key. */
    public Secret master() {
      return Secret.copyOf(master);
    }
  }
}
