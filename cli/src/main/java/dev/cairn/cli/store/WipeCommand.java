package dev.cairn.cli.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.YesOption;
import dev.cairn.client.Cairn;
import dev.cairn.client.Device;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.StoreException.Reason;
import dev.cairn.protocol.CairnException;
import dev.cairn.server.directory.ServerDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
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
    yes.require("the store in " + store.folder() + " will be destroyed");
    if (ServerDirectory.isServer(store.folder())) {
      throw new StoreException(Reason.MISSING, "this is the folder of a server, not a store");
    }
    if (forgotten) {
      return wipeUnopened();
    }
    try (Device device = store.open()) {
      int unsent = device.wipe();
      return said(
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
  private int wipeUnopened() throws CairnException, IOException {
    Cairn.wipe(store.folder());
    return said(
        Output.object().put("wiped", true).putNull("unsent"),
        "wiped; it could not be opened, so nobody can say what died with it");
  }

  /** Says what was done, and what of others' was left where the store was. */
  private int said(ObjectNode document, String line) throws IOException {
    int left = 0;
    if (Files.isDirectory(store.folder())) {
      try (Stream<Path> others = Files.list(store.folder())) {
        left = (int) others.count();
      }
    }
    document.put("left", left);
    return left == 0
        ? done(document, line)
        : done(document, line, left + " other files were in the folder, and are there still");
  }
}
