package dev.cairn.cli.store;

import dev.cairn.cli.console.PassphraseOption;
import dev.cairn.client.Cairn;
import dev.cairn.client.Device;
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

  private Opening opening = (folder, secret) -> Cairn.open(folder, secret, KeyProtector.NONE);

  /** How a store is opened. */
  @FunctionalInterface
  interface Opening {
    Device open(Path folder, Secret secret) throws CairnException;
  }

  /** Opens otherwise: tests that run many commands on one store have its key after the first. */
  void openBy(Opening other) {
    opening = other;
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
      return opening.open(data, secret);
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
