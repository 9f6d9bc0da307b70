package dev.cairn.simulation.world;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.bundle.BundleWriter;
import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.CheckpointRef;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.log.CompactTree;
import dev.cairn.protocol.log.ConsistencyProof;
import dev.cairn.protocol.log.RangeProof;
import dev.cairn.protocol.log.Receipt;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.LogHead;
import dev.cairn.server.ledger.SpaceSnapshot;
import dev.cairn.server.ledger.StoredNodes;
import dev.cairn.simulation.device.Machine;
import dev.cairn.simulation.server.DishonestLedger;
import dev.cairn.simulation.server.ServerMachine;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A lying server logs a change and not the one before it, and sends by hand a receipt in which
 * everything holds. It proves that change and nothing else: who counts receipts by how far they
 * reach takes for received what is in no log.
 */
final class SkippedChange {

  private static final int TOLD_PERCENT = 30;

  private final Stage stage;
  private final Attempt attempt;
  private final Couriers couriers;
  private final Liar liar;

  SkippedChange(Stage stage, Attempt attempt, Couriers couriers, Liar liar) {
    this.stage = stage;
    this.attempt = attempt;
    this.couriers = couriers;
    this.liar = liar;
  }

  /** Does it, now and then, on the other side of a log that has two. */
  void log() throws CairnException {
    if (!liar.isLiar() || !stage.server.isUp() || !stage.chance.percent(TOLD_PERCENT)) {
      return;
    }
    for (Machine author : stage.phones) {
      List<Change> waiting = new ArrayList<>();
      Optional<CheckpointRef> seen = waiting(author, waiting);
      if (waiting.size() > 1 && seen.isPresent()) {
        log(author, waiting.get(waiting.size() - 1), seen.get());
        return;
      }
    }
  }

  private void log(Machine author, Change last, CheckpointRef seen) throws CairnException {
    ServerMachine side = liar.lure(author);
    if (side.isUp() && continues(side, seen)) {
      long position = DishonestLedger.add(side, stage.space(), last);
      stage.trace.fault(Fault.SERVER_SKIPS);
      stage.auditor.serverLies(Fault.SERVER_SKIPS.name());
      stage.trace.note("the other side logs " + last.id() + " and not what is before it");
      send(author, side, answer(side, seen.size(), position, last));
    }
  }

  /** What a device wrote that no log has, in its order; and the log's state as it saw it. */
  private Optional<CheckpointRef> waiting(Machine author, List<Change> waiting) {
    List<Optional<CheckpointRef>> seen = new ArrayList<>();
    attempt.on(
        author,
        "wait for receipts",
        () -> {
          List<Change> own = new ArrayList<>();
          author
              .device()
              .openedChanges(
                  held -> {
                    if (held.change().prefix().device().equals(author.id())) {
                      own.add(held.change());
                    }
                  });
          own.sort(Comparator.comparingLong(change -> change.prefix().sequence()));
          List<ChangeId> ids = new ArrayList<>();
          own.forEach(change -> ids.add(change.id()));
          List<ChangeId> lacking = liar.lacks(ids);
          own.removeIf(change -> !lacking.contains(change.id()));
          waiting.addAll(own);
          seen.add(author.device().state().checkpoint());
        });
    return seen.isEmpty() ? Optional.empty() : seen.get(0);
  }

  private boolean continues(ServerMachine side, CheckpointRef seen) throws CairnException {
    try (LedgerView view = side.ledger().store().view()) {
      LogHead head = view.head(stage.space()).orElseThrow();
      return head.generation() == seen.generation()
          && head.size() >= seen.size()
          && CompactTree.load(seen.size(), new StoredNodes(view, stage.space(), head))
              .root()
              .equals(seen.root());
    }
  }

  private byte[] answer(ServerMachine side, long seenSize, long position, Change change)
      throws CairnException {
    SpaceSnapshot space = side.ledger().snapshot(stage.space()).orElseThrow();
    LogHead head = space.head();
    SignedCheckpoint signed = space.checkpoint();
    EntryWriter writer = new EntryWriter();
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    try (LedgerView view = side.ledger().store().view()) {
      StoredNodes nodes = new StoredNodes(view, stage.space(), head);
      List<Digest> consistency = ConsistencyProof.create(seenSize, head.size(), nodes).hashes();
      RangeProof proof = RangeProof.create(position, 1, head.size(), nodes);
      Receipt receipt = Receipt.of(head.generation(), proof, signed);
      stream.writeBytes(
          writer.write(new Entry.LogState(Encoded.of(signed.note()), consistency, head.size())));
      stream.writeBytes(writer.write(new Entry.Leaves(position, List.of(change.leafHash()))));
      stream.writeBytes(writer.write(new Entry.OfReceipt(Encoded.of(receipt.encode()))));
    }
    return stream.toByteArray();
  }

  private void send(Machine author, ServerMachine side, byte[] answer) {
    Optional<DeviceEntry> entry =
        side.ledger().snapshot(stage.space()).orElseThrow().roster().device(author.id());
    if (entry.isEmpty()) {
      return;
    }
    byte[] parcel =
        Parcel.seal(
            new ParcelContent.Answer(stage.space(), author.id(), Encoded.of(answer)),
            List.of(entry.get().keys().encryptionKey()),
            stage.chance);
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    bundle.writeBytes(BundleWriter.beginning());
    bundle.writeBytes(BundleWriter.parcel(parcel));
    couriers.to(author, bundle.toByteArray());
  }
}
