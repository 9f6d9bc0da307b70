package dev.cairn.cli.store;

import dev.cairn.cli.console.PassphraseOption;
import dev.cairn.client.Device;
import dev.cairn.client.Stores;
import dev.cairn.client.host.Host;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.StoreException.Reason;
import dev.cairn.client.vault.KeyProtector;
import dev.cairn.client.vault.StoreFolder;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.suite.Secret;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code --data} and the passphrase: the store that a command works on. */
public final class StoreOptions {

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The folder of the store.")
  private Path data = Path.of("");

  @Mixin private final PassphraseOption passphrase = new PassphraseOption();

  private Stores stores = new Stores(Host.system());

  /** Keeps them otherwise: tests that run many commands stretch each passphrase once. */
  void keptBy(Stores other) {
    stores = other;
  }

  /** What opens and makes them, protected by the passphrase alone. */
  public Stores stores() {
    return stores;
  }

  /** The folder. */
  public Path folder() {
    return data;
  }

  /** Opens the store that is there. */
  public Device open() throws CairnException {
    if (!StoreFolder.holdsStore(data)) {
      throw StoreFolder.missing(data);
    }
    Secret secret = passphrase.read(false);
    try {
      return stores.open(data, secret, KeyProtector.NONE);
    } finally {
      secret.wipe();
    }
  }

  /**
   * The passphrase of a store about to be made, the caller's to wipe.
   *
   * @throws StoreException if there is a store already, before anybody is asked for anything
   */
  public Secret forNewStore() throws StoreException {
    if (StoreFolder.holdsStore(data)) {
      throw new StoreException(Reason.EXISTS, "there is a store already in " + data);
    }
    return passphrase.read(true);
  }
}
