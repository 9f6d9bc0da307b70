package dev.cairn.client.courier;

import dev.cairn.client.held.CoveredRuns;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.OthersChanges;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.EpochKey;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * What devices wrote that are cut off, as far as this one keeps it and the log is not known to have
 * it, for the coordinators alone. A server takes none of it from anybody before it was released; at
 * a desk it comes into quarantine.
 */
final class SuspendedLoad {

  private SuspendedLoad() {}

  /**
   * Writes a bundle of it; unbounded, for where a part is missing what follows cannot be read.
   *
   * @throws RefusedException {@code quarantine.nothing} if there is nothing of the kind here
   */
  static BundleExport write(Holdings holdings, OutputStream out)
      throws CairnException, IOException {
    EncryptionPublicKey desk =
        holdings
            .roster()
            .writingKey(holdings.desk())
            .map(EpochKey::key)
            .orElseThrow(() -> new IllegalStateException("a roster has an epoch of the desk"));
    Packing packing = new Packing(out, Long.MAX_VALUE, holdings.host().randomness());
    StreamParcels parcels = new StreamParcels(holdings, packing, List.of(desk));
    CoveredRuns runs = new CoveredRuns();
    long changes = 0;
    long end = holdings.store().read(OthersChanges::kept);
    for (long number = 0; number < end; number++) {
      long next = number;
      Optional<Change> change = holdings.store().read(rows -> waiting(holdings, rows, next));
      change.ifPresent(runs::add);
      changes += add(parcels, runs.ready());
    }
    changes += add(parcels, runs.take());
    parcels.close();
    if (changes == 0) {
      throw new RefusedException(
          "quarantine.nothing",
          "of devices that were cut off nothing is kept here that the log does not have");
    }
    return new BundleExport(packing.parcels(), 0, changes, packing.bytes(), false);
  }

  private static Optional<Change> waiting(Holdings holdings, SealedRows rows, long number)
      throws CairnException {
    Optional<Change> change = OthersChanges.at(rows, number);
    if (!change.isPresent() || !holdings.roster().isSuspended(change.get().prefix().device())) {
      return Optional.empty();
    }
    boolean isLogged =
        OthersChanges.place(rows, change.get().id())
            .map(place -> place.position().isPresent())
            .orElse(false);
    return isLogged ? Optional.empty() : change;
  }

  private static long add(StreamParcels parcels, List<List<Change>> runs) throws IOException {
    long changes = 0;
    for (List<Change> run : runs) {
      parcels.add(new Entry.OfFrame(Frame.of(run), List.of()));
      changes += run.size();
    }
    return changes;
  }
}
