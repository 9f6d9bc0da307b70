package dev.cairn.client;

import dev.cairn.client.host.Host;
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
 * Opens stores as the program does, each slot by its passphrase once: stretching a passphrase is
 * most of what a command costs. A passphrase that did not open the slot is stretched every time.
 */
public final class RememberedKeys {

  private static final Map<String, Secret> KEYS = new ConcurrentHashMap<>();
  private static final Stores STORES = new Stores(Host.system(), new Drivers());

  private RememberedKeys() {}

  /** Opens a store. */
  public static Device open(Path folder, Secret passphrase) throws CairnException {
    return STORES.open(folder, passphrase, KeyProtector.NONE);
  }

  private static final class Drivers implements StoreDrivers {

    @Override
    public Secret openMaster(Path slot, Secret passphrase, KeyProtector protector)
        throws CairnException {
      String both = content(slot) + " " + Hex.encode(passphrase.expose());
      Secret known = KEYS.get(both);
      if (known == null) {
        known = KeySlot.open(slot, passphrase, protector);
        KEYS.put(both, known);
      }
      return Secret.copyOf(known.expose());
    }

    private static String content(Path slot) {
      try {
        return Hex.encode(Files.readAllBytes(slot));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public RowStore rows(StoreFolder folder) throws CairnException {
      return SQLITE.rows(folder);
    }

    @Override
    public DestructibleKeys keys(StoreFolder folder, Secret master, Randomness randomness)
        throws CairnException {
      return SQLITE.keys(folder, master, randomness);
    }
  }
}
