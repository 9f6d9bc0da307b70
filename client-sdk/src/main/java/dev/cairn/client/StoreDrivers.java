package dev.cairn.client;

import dev.cairn.client.sqlite.SqliteRowStore;
import dev.cairn.client.store.RowStore;
import dev.cairn.client.vault.DestructibleKeys;
import dev.cairn.client.vault.KeyProtector;
import dev.cairn.client.vault.KeyRing;
import dev.cairn.client.vault.KeySlot;
import dev.cairn.client.vault.StoreFolder;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import java.nio.file.Path;

/**
 * What a store is kept with: where its rows, its destructible keys and its master key live. For
 * platforms that keep them otherwise, and for simulated disks that fail and forget.
 *
 * <p>Whoever implements it holds every secret of the store in hand, and keeps the guarantees of
 * {@link RowStore} and {@link DestructibleKeys}.
 */
public interface StoreDrivers {

  /** SQLite and a key ring beside it. */
  StoreDrivers SQLITE =
      new StoreDrivers() {
        @Override
        public RowStore rows(StoreFolder folder) throws CairnException {
          return SqliteRowStore.open(folder.rows());
        }

        @Override
        public void begin(StoreFolder folder, Secret master, Randomness randomness)
            throws CairnException {
          KeyRing.create(folder.ring(), master, randomness);
        }

        @Override
        public DestructibleKeys keys(StoreFolder folder, Secret master, Randomness randomness)
            throws CairnException {
          return KeyRing.open(folder.ring(), master, randomness);
        }
      };

  /** Makes a master key, 32 bytes, the caller's to wipe, and the slot that keeps it. */
  default Secret newMaster(
      Path slot, Secret passphrase, KeyProtector protector, Randomness randomness)
      throws CairnException {
    return KeySlot.create(slot, passphrase, protector, randomness);
  }

  /** The master key that a slot keeps, the caller's to wipe. */
  default Secret openMaster(Path slot, Secret passphrase, KeyProtector protector)
      throws CairnException {
    return KeySlot.open(slot, passphrase, protector);
  }

  /** Opens the rows. */
  RowStore rows(StoreFolder folder) throws CairnException;

  /** Makes what a new store has beside its rows. */
  default void begin(StoreFolder folder, Secret master, Randomness randomness)
      throws CairnException {}

  /** Opens the keys that can be destroyed. */
  DestructibleKeys keys(StoreFolder folder, Secret master, Randomness randomness)
      throws CairnException;
}
