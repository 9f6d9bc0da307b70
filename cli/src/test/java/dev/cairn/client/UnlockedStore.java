package dev.cairn.client;

import dev.cairn.client.host.Host;
import dev.cairn.client.vault.KeyProtector;
import dev.cairn.client.vault.KeySlot;
import dev.cairn.client.vault.StoreFolder;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.suite.Secret;
import java.nio.file.Path;
import java.util.List;

/** A store whose passphrase was stretched once, so that many copies of it can be opened quickly. */
public final class UnlockedStore {

  private final Secret master;

  private UnlockedStore(Secret master) {
    this.master = master;
  }

  /** Opens the slot of a store. */
  public static UnlockedStore of(Path folder, Secret passphrase) throws CairnException {
    try (StoreFolder held = StoreFolder.open(folder)) {
      return new UnlockedStore(KeySlot.open(held.slot(), passphrase, KeyProtector.NONE));
    }
  }

  /** Opens a copy. */
  public Device open(Path copy) throws CairnException {
    Secret key = Secret.take(master.expose().clone());
    try {
      return new Stores(Host.system()).start(StoreFolder.open(copy), key);
    } finally {
      key.wipe();
    }
  }

  /**
   * Opens a circle of these devices, as no command can yet; the statement goes out at the next
   * sync.
   */
  public static void openCircle(
      Device coordinator, CircleId circle, String name, List<DeviceId> members)
      throws CairnException {
    coordinator.addStatement(
        new RosterWriter(coordinator.roster(), Host.system().randomness())
            .epoch(circle, name, members, coordinator.holdings().identity().signingKey())
            .statement());
  }
}
