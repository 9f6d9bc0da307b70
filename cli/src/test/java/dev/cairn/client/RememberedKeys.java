package dev.cairn.client;

import dev.cairn.client.host.Host;
import dev.cairn.client.store.DiskFailure;
import dev.cairn.client.store.RowStore;
import dev.cairn.client.vault.DestructibleKeys;
import dev.cairn.client.vault.KeyProtector;
import dev.cairn.client.vault.KeySlot;
import dev.cairn.client.vault.StoreFolder;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens and makes stores as the program does, but stretches each passphrase once, which is most of
 * what a command costs: the stores that one process makes under a passphrase have one and the same
 * slot. A passphrase that did not open the slot is stretched every time.
 */
public final class RememberedKeys {

  private static final Map<String, Secret> KEYS = new ConcurrentHashMap<>();
  private static final Map<String, byte[]> MADE = new ConcurrentHashMap<>();
  private static final Stores STORES = new Stores(Host.system(), new Drivers());

  private RememberedKeys() {}

  /** These stores. */
  public static Stores stores() {
    return STORES;
  }

  private static final class Drivers implements StoreDrivers {

    @Override
    public Secret newMaster(
        Path slot, Secret passphrase, KeyProtector protector, Randomness randomness)
        throws CairnException {
      String secret = Hex.encode(passphrase.expose());
      byte[] made = MADE.get(secret);
      if (made == null) {
        Secret master = KeySlot.create(slot, passphrase, protector, randomness);
        KEYS.put(both(bytes(slot), passphrase), Secret.copyOf(master.expose()));
        MADE.put(secret, bytes(slot));
        return master;
      }
      try {
        Files.write(slot, made);
      } catch (IOException e) {
        throw DiskFailure.named("making the slot", e, slot);
      }
      return openMaster(slot, passphrase, protector);
    }

    @Override
    public Secret openMaster(Path slot, Secret passphrase, KeyProtector protector)
        throws CairnException {
      String both = both(bytes(slot), passphrase);
      Secret known = KEYS.get(both);
      if (known == null) {
        known = KeySlot.open(slot, passphrase, protector);
        KEYS.put(both, known);
      }
      return Secret.copyOf(known.expose());
    }

    private static String both(byte[] slot, Secret passphrase) {
      return Hex.encode(slot) + " " + Hex.encode(passphrase.expose());
    }

    private static byte[] bytes(Path slot) {
      try {
        return Files.readAllBytes(slot);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public RowStore rows(StoreFolder folder) throws CairnException {
      return SQLITE.rows(folder);
    }

    @Override
    public void begin(StoreFolder folder, Secret master, Randomness randomness)
        throws CairnException {
      SQLITE.begin(folder, master, randomness);
    }

    @Override
    public DestructibleKeys keys(StoreFolder folder, Secret master, Randomness randomness)
        throws CairnException {
      return SQLITE.keys(folder, master, randomness);
    }
  }
}
