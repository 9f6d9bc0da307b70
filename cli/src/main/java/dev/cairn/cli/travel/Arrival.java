package dev.cairn.cli.travel;

import dev.cairn.cli.store.StoreOptions;
import dev.cairn.client.Device;
import dev.cairn.client.courier.BundleImport;
import dev.cairn.protocol.CairnException;
import dev.cairn.server.ServerBundles;
import dev.cairn.server.directory.ServerDirectory;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What came out of a bundle, whatever kind of store took it in.
 *
 * @param tooNew those of the parcels for others that are of a later version
 * @param unreconciled leaves whose receipts wait for the log to account for their checkpoint
 * @param early parcels that continue what has not come
 */
record Arrival(
    long fresh,
    long known,
    long refused,
    long forOthers,
    long tooNew,
    long receipts,
    long unreconciled,
    long early) {

  static Arrival of(Path file, StoreOptions store) throws CairnException, IOException {
    if (ServerDirectory.isServer(store.folder())) {
      ServerBundles.Imported taken = ServerBundles.importFile(store.folder(), file);
      return new Arrival(
          taken.fresh(),
          taken.known(),
          taken.refused(),
          taken.forOthers(),
          taken.tooNew(),
          taken.receipts(),
          0,
          taken.early());
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
        Device device = store.open()) {
      BundleImport taken = device.importBundle(in);
      return new Arrival(
          taken.fresh(),
          taken.known(),
          taken.refused(),
          taken.forOthers(),
          taken.tooNew(),
          taken.receipts(),
          taken.unreconciled(),
          taken.early());
    }
  }
}
