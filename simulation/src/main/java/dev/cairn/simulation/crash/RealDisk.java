package dev.cairn.simulation.crash;

import dev.cairn.client.StoreDrivers;
import dev.cairn.client.sqlite.SqliteRowStore;
import dev.cairn.client.store.DiskFailure;
import dev.cairn.client.store.RowStore;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.vault.DestructibleKeys;
import dev.cairn.client.vault.KeyName;
import dev.cairn.client.vault.KeyProtector;
import dev.cairn.client.vault.KeyRing;
import dev.cairn.client.vault.StoreFolder;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.simulation.disk.Crash;
import dev.cairn.simulation.disk.Disk;
import dev.cairn.simulation.disk.DiskPlan;
import dev.cairn.simulation.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;

/**
 * A device's disk with the real SQLite and the real ring of keys on it. Only the passphrase is not
 * stretched, which would cost more than everything else: the master key lies in the slot.
 */
final class RealDisk implements Disk, StoreDrivers {

  private static final int KEY_BYTES = 32;

  private final Path folder;
  private final RecordedSupply power;
  private final Randomness randomness;
  private final DiskPlan plan = new DiskPlan();
  private long life;

  /**
   * An empty disk.
   *
   * @param randomness of the ring; not the world's, which goes on as with a ring that needs none
   */
  RealDisk(Path folder, RecordedSupply power, Randomness randomness) {
    this.folder = folder;
    this.power = power;
    this.randomness = randomness;
  }

  /** A backup: the files. */
  private record Backup(Map<String, byte[]> files) implements Copy {}

  @Override
  public DiskPlan plan() {
    return plan;
  }

  @Override
  public StoreDrivers drivers() {
    return this;
  }

  long life() {
    return life;
  }

  void requireAlive(long of) {
    if (of != life) {
      throw new Crash("a dead machine");
    }
  }

  /** What becomes of the write that is next. */
  DiskPlan.Fate fate() throws StoreException {
    DiskPlan.Fate fate = plan.next();
    if (fate == DiskPlan.Fate.FULL) {
      throw new StoreException(StoreException.Reason.FULL, "the disk is full");
    }
    power.beforeWrite(fate != DiskPlan.Fate.DONE);
    return fate;
  }

  /** The write was made. */
  void wrote(DiskPlan.Fate fate) {
    if (fate == DiskPlan.Fate.DONE) {
      power.answered();
      return;
    }
    boolean within = fate == DiskPlan.Fate.DIES_BEFORE;
    power.cut(within);
    life++;
    throw new Crash(within ? "before a write" : "after a write");
  }

  @Override
  public void powerOff() {
    power.cut(false);
    life++;
  }

  @Override
  public void powerOn() {
    power.back();
  }

  @Override
  public Copy image() {
    return new Backup(power.files());
  }

  @Override
  public void restore(Copy copy) {
    life++;
    power.put(((Backup) copy).files());
  }

  @Override
  public void begin(Path store, Copy copy) throws CairnException {
    SimulatedDisk.Image image = (SimulatedDisk.Image) copy;
    Secret master = image.master();
    try (StoreFolder held = StoreFolder.create(store)) {
      putSlot(held.slotInMaking(), master);
      try (RowStore rows = SqliteRowStore.open(held.rows())) {
        rows.write(
            all -> {
              image.rowsTo(all);
              return true;
            });
      }
      KeyRing.create(held.ring(), master, randomness);
      try (KeyRing ring = KeyRing.open(held.ring(), master, randomness)) {
        ring.add(image.keys());
      }
      held.complete();
    } finally {
      master.wipe();
    }
    power.started();
  }

  @Override
  public Set<KeyName> keyNames() throws CairnException {
    Secret master = openMaster(folder.resolve("slot"));
    try (KeyRing ring = KeyRing.open(folder.resolve("ring"), master, randomness)) {
      return ring.names();
    } finally {
      master.wipe();
    }
  }

  @Override
  public Secret newMaster(Path slot, Secret passphrase, KeyProtector protector, Randomness worlds)
      throws CairnException {
    Secret master = Secret.take(worlds.bytes(KEY_BYTES));
    putSlot(slot, master);
    return master;
  }

  private static void putSlot(Path slot, Secret master) throws CairnException {
    try (FileChannel channel =
        FileChannel.open(slot, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(master.expose()));
      channel.force(true);
    } catch (IOException e) {
      throw DiskFailure.named("writing the slot", e, slot);
    }
  }

  @Override
  public Secret openMaster(Path slot, Secret passphrase, KeyProtector protector)
      throws CairnException {
    return openMaster(slot);
  }

  private static Secret openMaster(Path slot) throws CairnException {
    try {
      return Secret.take(Files.readAllBytes(slot));
    } catch (IOException e) {
      throw DiskFailure.named("reading the slot", e, slot);
    }
  }

  @Override
  public RowStore rows(StoreFolder held) throws CairnException {
    return new RealRows(this, SqliteRowStore.open(held.rows()));
  }

  @Override
  public void begin(StoreFolder held, Secret master, Randomness worlds) throws CairnException {
    KeyRing.create(held.ring(), master, randomness);
  }

  @Override
  public DestructibleKeys keys(StoreFolder held, Secret master, Randomness worlds)
      throws CairnException {
    return new RealKeys(this, KeyRing.open(held.ring(), master, randomness));
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
