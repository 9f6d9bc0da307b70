package dev.cairn.client.courier;

import dev.cairn.client.courier.BundlePlace.Part;
import dev.cairn.client.held.BuiltOn;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.OwnChanges;
import dev.cairn.client.held.Progress;
import dev.cairn.client.held.Unreconciled;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.feed.EpochKey;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What this device has to send: what that builds on and the log is not known to have, for whoever
 * signed it may never come to a server; the signed checkpoints it has seen, so that the log's
 * answer leads on from them; statements that wait; every change without a receipt.
 */
final class OwnLoad {

  private static final int CHANGES_READ = 256;

  /** What the rest builds on takes no more than one part in so many of a parcel's room. */
  private static final int BUILT_ON_PART = 4;

  private final Holdings holdings;
  private final ParcelSink sink;
  private long changes;

  OwnLoad(Holdings holdings, ParcelSink sink) {
    this.holdings = holdings;
    this.sink = sink;
  }

  /** How many changes were packed. */
  long changes() {
    return changes;
  }

  /** Packs from a place on; answers where it had to stop, if it had to. */
  Optional<BundlePlace> pack(BundlePlace from) throws CairnException, IOException {
    if (from.isPast(Part.CHANGES)) {
      return Optional.empty();
    }
    long first = first();
    Set<CircleId> circles = circles(first);
    StreamParcels parcels = new StreamParcels(holdings, sink, receivers(circles));
    if (from.equals(BundlePlace.START) && hasToSay(first) && !begin(parcels, circles)) {
      parcels.close();
      return Optional.of(BundlePlace.START);
    }
    Optional<BundlePlace> left = changes(parcels, Math.max(first, from.from(Part.CHANGES)));
    if (changes > 0 || !holdings.book().outbox().isEmpty()) {
      parcels.close();
    }
    return left;
  }

  /**
   * Packs some changes as one.
   *
   * @param begins whether what goes before all changes goes with them
   */
  void pack(List<Change> some, boolean begins) throws CairnException, IOException {
    Set<CircleId> circles = new TreeSet<>();
    some.forEach(change -> circles.addAll(change.prefix().audience().circles()));
    StreamParcels parcels = new StreamParcels(holdings, sink, receivers(circles));
    boolean room = !begins || begin(parcels, circles);
    for (int at = 0; room && at < some.size(); ) {
      int count = parcels.add(some.subList(at, some.size()));
      room = count > 0;
      at += count;
    }
    parcels.close();
    if (!room) {
      throw new IllegalStateException("a change has no room in a parcel of any size");
    }
  }

  /**
   * The first change to go. A log that has only to account for a checkpoint answers to an author,
   * so that it is reminded of who asks by his last change.
   */
  long first() throws CairnException {
    return holdings
        .store()
        .read(
            rows -> {
              long received = Progress.read(rows).receivedThrough();
              boolean asks =
                  Unreconciled.read(rows, holdings.roster().logs()).all().stream()
                      .anyMatch(one -> !one.reconciled());
              boolean more = !OwnChanges.from(rows, received + 1, 1).isEmpty();
              return asks && !more && received > 0 ? received : received + 1;
            });
  }

  private boolean hasToSay(long first) throws CairnException {
    return !holdings.book().outbox().isEmpty() || !from(first).isEmpty();
  }

  private List<Change> from(long sequence) throws CairnException {
    return holdings.store().read(rows -> OwnChanges.from(rows, sequence, CHANGES_READ));
  }

  private boolean begin(StreamParcels parcels, Set<CircleId> circles)
      throws CairnException, IOException {
    List<Statement> builtOn = builtOn();
    boolean apart = !shared(circles).isEmpty();
    if (apart) {
      // For server and coordinators only: it may be no business of who reads some of the changes.
      StreamParcels own = new StreamParcels(holdings, sink, receivers(Set.of()));
      add(own, builtOn);
      own.close();
    }
    for (SignedCheckpoint seen : seen()) {
      if (!parcels.add(new Entry.LogState(Encoded.of(seen.bare().note()), List.of(), 0))) {
        return false;
      }
    }
    if (!apart) {
      add(parcels, builtOn);
    }
    for (Statement statement : holdings.book().outbox()) {
      if (!parcels.add(statement)) {
        return false;
      }
    }
    return true;
  }

  private static void add(StreamParcels parcels, List<Statement> statements) throws IOException {
    for (Statement statement : statements) {
      if (!parcels.add(statement)) {
        return;
      }
    }
  }

  /**
   * What the rest builds on, as far as it fits into its part of the room: much of it is in the log,
   * though this device does not know that.
   */
  private List<Statement> builtOn() throws CairnException {
    int room = sink.contentRoom(receivers(Set.of()).size());
    return BuiltOn.besidesOutbox(holdings, room / BUILT_ON_PART);
  }

  /** The newest checkpoint seen, and those the log has to account for. */
  private List<SignedCheckpoint> seen() throws CairnException {
    List<SignedCheckpoint> seen = new ArrayList<>();
    holdings.log().checkpoint().ifPresent(seen::add);
    for (Unreconciled.Waiting one :
        holdings.store().read(rows -> Unreconciled.read(rows, holdings.roster().logs())).all()) {
      if (!one.reconciled() && seen.size() < Limits.SHOWN_CHECKPOINTS_MAX) {
        seen.add(one.checkpoint());
      }
    }
    return seen;
  }

  private Optional<BundlePlace> changes(StreamParcels parcels, long from)
      throws CairnException, IOException {
    long next = from;
    List<Change> waiting = from(next);
    while (!waiting.isEmpty()) {
      int at = 0;
      while (at < waiting.size()) {
        int count = parcels.add(waiting.subList(at, waiting.size()));
        if (count == 0) {
          return Optional.of(BundlePlace.at(Part.CHANGES, waiting.get(at).prefix().sequence()));
        }
        changes += count;
        at += count;
      }
      next = 1 + waiting.get(waiting.size() - 1).prefix().sequence();
      waiting = from(next);
    }
    return Optional.empty();
  }

  /**
   * The server, the coordinators, and every circle that some of it is for. Not devices' own
   * circles: whoever opens a parcel sees who wrote all of it, and to whom.
   */
  private List<EncryptionPublicKey> receivers(Set<CircleId> circles) throws CairnException {
    List<EncryptionPublicKey> keys = new ArrayList<>();
    holdings.roster().bundleKey().ifPresent(keys::add);
    holdings.roster().writingKey(holdings.desk()).map(EpochKey::key).ifPresent(keys::add);
    for (CircleId circle : shared(circles)) {
      if (keys.size() < Limits.PARCEL_STANZAS_MAX) {
        holdings.roster().writingKey(circle).map(EpochKey::key).ifPresent(keys::add);
      }
    }
    return keys;
  }

  private Set<CircleId> circles(long first) throws CairnException {
    Set<CircleId> circles = new TreeSet<>();
    List<Change> waiting = from(first);
    while (!waiting.isEmpty()) {
      waiting.forEach(change -> circles.addAll(change.prefix().audience().circles()));
      long next = 1 + waiting.get(waiting.size() - 1).prefix().sequence();
      waiting = from(next);
    }
    return circles;
  }

  private Set<CircleId> shared(Set<CircleId> all) {
    Set<CircleId> circles = new TreeSet<>(all);
    Set<CircleId> ofDevices = new HashSet<>();
    for (DeviceEntry device : holdings.roster().devices()) {
      ofDevices.add(Circles.device(device.device()));
    }
    circles.removeAll(ofDevices);
    circles.remove(holdings.desk());
    return circles;
  }
}
