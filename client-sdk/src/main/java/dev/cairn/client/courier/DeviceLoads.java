package dev.cairn.client.courier;

import dev.cairn.client.courier.BundlePlace.Part;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.OthersChanges;
import dev.cairn.client.held.OwnChanges;
import dev.cairn.client.held.ReceiptRow;
import dev.cairn.client.held.RosterBook;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.CheckpointRef;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.Statement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a coordinator says to single devices: confirmations, questions, decisions. Each device gets
 * a parcel of its own, with the changes addressed to it and the statements it may hold, and nothing
 * else: a phone opened by force must not list the organisation.
 *
 * <p>Only for devices that were met by hand; others hear of it from the server. Packed is what
 * waits for the server, and what the log took in since the checkpoint that the device last cited.
 */
final class DeviceLoads {

  private static final int CHANGES_READ = 256;

  private final Holdings holdings;
  private final ParcelSink sink;

  DeviceLoads(Holdings holdings, ParcelSink sink) {
    this.holdings = holdings;
    this.sink = sink;
  }

  /** What goes to one device. */
  private static final class Load {
    private final List<Statement> statements = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final DeviceEntry device;
    private long cited;

    Load(DeviceEntry device) {
      this.device = device;
    }
  }

  /** Packs from a place on; answers where it had to stop, if it had to. */
  Optional<BundlePlace> pack(BundlePlace from) throws CairnException, IOException {
    if (from.isPast(Part.DEVICES) || !holdings.isDesk()) {
      return Optional.empty();
    }
    int number = 0;
    for (Load load : holdings.store().read(this::loads)) {
      if (number >= from.from(Part.DEVICES) && !pack(load)) {
        return Optional.of(BundlePlace.at(Part.DEVICES, number));
      }
      number++;
    }
    return Optional.empty();
  }

  private boolean pack(Load load) throws IOException {
    StreamParcels parcels =
        new StreamParcels(holdings, sink, List.of(load.device.keys().encryptionKey()));
    boolean room = true;
    for (Statement statement : load.statements) {
      room = room && parcels.add(statement);
    }
    for (int at = 0; room && at < load.changes.size(); ) {
      int count = parcels.add(load.changes.subList(at, load.changes.size()));
      room = count > 0;
      at += count;
    }
    parcels.close();
    return room;
  }

  private List<Load> loads(SealedRows rows) throws CairnException {
    Map<CircleId, Load> loads = devices(rows);
    if (loads.isEmpty()) {
      return List.of();
    }
    cited(rows, loads);
    changes(rows, loads);
    List<Load> full = new ArrayList<>();
    for (Load load : loads.values()) {
      if (!load.changes.isEmpty()) {
        load.statements.addAll(statements(rows, load));
        full.add(load);
      }
    }
    return full;
  }

  /** The devices met, by circle; coordinators read what goes to the desk. */
  private Map<CircleId, Load> devices(SealedRows rows) throws CairnException {
    Map<CircleId, Load> loads = new TreeMap<>();
    for (DeviceId device : MetDevices.read(rows)) {
      Optional<DeviceEntry> entry = holdings.roster().device(device);
      if (entry.isPresent() && !entry.get().coordinates() && !entry.get().isSuspended()) {
        loads.put(Circles.device(device), new Load(entry.get()));
      }
    }
    return loads;
  }

  /** How much of the log the devices have seen, by their own word. */
  private void cited(SealedRows rows, Map<CircleId, Load> loads) throws CairnException {
    Map<DeviceId, Load> byDevice = new HashMap<>();
    loads.values().forEach(load -> byDevice.put(load.device.device(), load));
    long generation = holdings.log().generation();
    OthersChanges.scan(
        rows,
        0,
        change -> {
          Load load = byDevice.get(change.prefix().device());
          Optional<CheckpointRef> seen = change.prefix().checkpoint();
          if (load != null && seen.isPresent() && seen.get().generation() == generation) {
            load.cited = Math.max(load.cited, seen.get().size());
          }
          return true;
        });
  }

  private void changes(SealedRows rows, Map<CircleId, Load> loads) throws CairnException {
    Map<ChangeId, Long> positions = ReceiptRow.ownPositions(rows, holdings);
    long next = 1;
    List<Change> batch = OwnChanges.from(rows, next, CHANGES_READ);
    while (!batch.isEmpty()) {
      for (Change change : batch) {
        next = 1 + change.prefix().sequence();
        Long position = positions.get(change.id());
        for (CircleId circle : change.prefix().audience().circles()) {
          Load load = loads.get(circle);
          if (load != null && (position == null || position >= load.cited)) {
            load.changes.add(change);
          }
        }
      }
      batch = OwnChanges.from(rows, next, CHANGES_READ);
    }
  }

  /** What the device may hold of the roster, without what it was given when it last cited. */
  private List<Statement> statements(SealedRows rows, Load load) throws CairnException {
    DeviceId device = load.device.device();
    RosterState roster = holdings.roster();
    List<Statement> before = new ArrayList<>();
    for (Statement statement : roster.statements()) {
      OptionalLong position = RosterBook.position(rows, statement.id());
      if (position.isPresent() && position.getAsLong() < load.cited) {
        before.add(statement);
      }
    }
    Set<StatementId> given = new HashSet<>();
    if (!before.isEmpty()) {
      RosterState.fold(roster.space(), before)
          .servedTo(device)
          .forEach(statement -> given.add(statement.id()));
    }
    List<Statement> news = new ArrayList<>();
    for (Statement statement : roster.servedTo(device)) {
      if (!given.contains(statement.id())) {
        news.add(statement);
      }
    }
    return news;
  }
}
