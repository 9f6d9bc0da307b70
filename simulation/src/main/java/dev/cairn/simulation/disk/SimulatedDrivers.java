package dev.cairn.simulation.disk;

import dev.cairn.client.StoreDrivers;
import dev.cairn.client.store.DiskFailure;
import dev.cairn.client.store.RowStore;
import dev.cairn.client.vault.DestructibleKeys;
import dev.cairn.client.vault.KeyProtector;
import dev.cairn.client.vault.StoreFolder;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps a store on a simulated disk. Only the store's lock and the names of its files are real, and
 * no passphrase is stretched: the master key lies on the disk.
 */
public final class SimulatedDrivers implements StoreDrivers {

  private static final int KEY_BYTES = 32;

  private final SimulatedDisk disk;

  /** On this disk. */
  public SimulatedDrivers(SimulatedDisk disk) {
    this.disk = disk;
  }

  @Override
  public Secret newMaster(
      Path slot, Secret passphrase, KeyProtector protector, Randomness randomness)
      throws CairnException {
    touch(slot);
    disk.master(randomness.bytes(KEY_BYTES));
    return Secret.take(disk.master());
  }

  @Override
  public Secret openMaster(Path slot, Secret passphrase, KeyProtector protector) {
    return Secret.take(disk.master());
  }

  @Override
  public RowStore rows(StoreFolder folder) throws CairnException {
    touch(folder.rows());
    return new SimulatedRows(disk);
  }

  @Override
  public DestructibleKeys keys(StoreFolder folder, Secret master, Randomness randomness) {
    return new SimulatedKeys(disk);
  }

  /** Makes the folder of a store whose disk was put back: names of files, nothing in them. */
  static void lay(Path folder) throws CairnException {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw DiskFailure.named("making a folder", e, folder);
    }
    touch(folder.resolve("slot"));
    touch(folder.resolve("rows.db"));
  }

  private static void touch(Path file) throws CairnException {
    try {
      if (!Files.exists(file)) {
        Files.write(file, new byte[] {0});
      }
    } catch (IOException e) {
      throw DiskFailure.named("making a file", e, file);
    }
  }
}
