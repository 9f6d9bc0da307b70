package dev.cairn.simulation.world;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.bundle.BundleWriter;
import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.LogEntry;
import dev.cairn.simulation.device.Machine;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A courier who alters nothing that is signed and lies with what stands around it: he leaves bodies
 * out, and names places in the log. Whoever believes him blames the server.
 */
final class Misleader {

  private static final int ENTRIES_MAX = 8;

  private final Stage stage;
  private final Couriers couriers;

  Misleader(Stage stage, Couriers couriers) {
    this.stage = stage;
    this.couriers = couriers;
  }

  /** Brings somebody what the log has, as it is not there. */
  void mislead(Machine machine) throws CairnException {
    if (!stage.server.isUp()) {
      return;
    }
    RosterState roster = stage.server.ledger().snapshot(stage.space()).orElseThrow().roster();
    Optional<DeviceEntry> entry = roster.device(machine.id());
    if (entry.isEmpty()) {
      return;
    }
    Set<StatementId> shown = new HashSet<>();
    roster.servedTo(machine.id()).forEach(statement -> shown.add(statement.id()));
    List<Entry> all = bent(shown);
    EntryWriter writer = new EntryWriter();
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (int i = stage.chance.below(ENTRIES_MAX); i >= 0 && !all.isEmpty(); i--) {
      stream.writeBytes(writer.write(stage.chance.of(all)));
    }
    stage.trace.fault(Fault.COURIER_MISLEADS);
    byte[] parcel =
        Parcel.seal(
            new ParcelContent.Changes(stage.space(), Encoded.of(stream.toByteArray())),
            List.of(entry.get().keys().encryptionKey()),
            stage.chance);
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    bundle.writeBytes(BundleWriter.beginning());
    bundle.writeBytes(BundleWriter.parcel(parcel));
    couriers.to(machine, bundle.toByteArray());
  }

  /**
   * All that the log has, in its order, at other places, and half of it without bodies.
   *
   * @param shown the statements that the receiver may see
   */
  private List<Entry> bent(Set<StatementId> shown) throws CairnException {
    List<Entry> entries = new ArrayList<>();
    List<Change> frame = new ArrayList<>();
    try (LedgerView view = stage.server.ledger().store().view()) {
      view.entries(
          stage.space(),
          0,
          entry -> {
            if (entry instanceof LogEntry.OfStatement of) {
              if (shown.contains(of.statement().id())) {
                entries.add(misplaced(of.statement()));
              }
            } else if (entry instanceof LogEntry.OfChange of) {
              frame.add(of.change());
              if (of.position() == of.frameEnd()) {
                entries.add(misplaced(frame));
                frame.clear();
              }
            }
            return true;
          });
    }
    return entries;
  }

  private Entry misplaced(Statement statement) {
    return new Entry.Statement(
        Encoded.of(statement.encode()), OptionalLong.of(stage.chance.below(100)));
  }

  private Entry misplaced(List<Change> frame) {
    long first = stage.chance.below(1000);
    List<Long> places = new ArrayList<>();
    frame.forEach(change -> places.add(first + places.size()));
    List<Change> changes = stage.chance.percent(50) ? WithheldBodies.of(frame) : List.copyOf(frame);
    return new Entry.OfFrame(Frame.of(changes), places);
  }
}
