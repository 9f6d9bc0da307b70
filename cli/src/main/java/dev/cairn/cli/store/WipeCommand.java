package dev.cairn.cli.store;

import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.YesOption;
import dev.cairn.client.Cairn;
import dev.cairn.client.Device;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.StoreException.Reason;
import dev.cairn.protocol.CairnException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cairn wipe}. */
@Command(
    name = "wipe",
    description = "Destroy the store of a device or desk: its keys first, then its files.",
    footerHeading = "%nExample:%n",
    footer = "  cairn wipe --data phone --yes")
public final class WipeCommand extends Action {

  @Mixin private final StoreOptions store = new StoreOptions();
  @Mixin private final YesOption yes = new YesOption();

  @Option(
      names = "--forgotten",
      description = "The passphrase is lost: destroy the store without opening it.")
  private boolean forgotten;

  /** Prints to an output. */
  public WipeCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    yes.require("everything in " + store.folder() + " will be destroyed");
    if (forgotten) {
      return wipeUnopened();
    }
    try (Device device = store.open()) {
      int unsent = device.wipe();
      return done(
          Output.object().put("wiped", true).put("unsent", unsent),
          unsent == 0
              ? "wiped; everything in it had a receipt"
              : "wiped; " + unsent + " reports died that no receipt was verified for");
    } catch (StoreException broken) {
      if (broken.reason() == Reason.MISSING || broken.reason() == Reason.CORRUPT) {
        return wipeUnopened();
      }
      throw broken;
    }
  }

  /** What was half made or half destroyed cannot be opened any more. */
  private int wipeUnopened() throws CairnException {
    Cairn.wipe(store.folder());
    return done(
        Output.object().put("wiped", true).putNull("unsent"),
        "wiped; it could not be opened, so nobody can say what died with it");
  }
}
