package dev.cairn.simulation.world;

import dev.cairn.protocol.bundle.BundleWriter;
import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.log.Checkpoint;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.RangeProof;
import dev.cairn.protocol.log.Receipt;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.simulation.device.Machine;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A courier who delivers nothing and brings back receipts all the same: for the very leaves that
 * the device waits for, in a tree that holds nothing else, signed with a key of his own under the
 * log's name.
 */
final class Forger {

  private static final int LEAVES_MAX = 8;

  private final Stage stage;
  private final Attempt attempt;
  private final Couriers couriers;

  Forger(Stage stage, Attempt attempt, Couriers couriers) {
    this.stage = stage;
    this.attempt = attempt;
    this.couriers = couriers;
  }

  /** Brings a device receipts for what it has not sent. */
  void forge(Machine machine) {
    List<Digest> leaves = new ArrayList<>();
    attempt.on(
        machine,
        "wait for receipts",
        () ->
            machine
                .device()
                .openedChanges(
                    held -> {
                      boolean isOwn = held.change().prefix().device().equals(machine.id());
                      if (isOwn && held.position().isEmpty() && leaves.size() < LEAVES_MAX) {
                        leaves.add(held.change().leafHash());
                      }
                    }));
    if (leaves.isEmpty() || !stage.server.isUp()) {
      return;
    }
    RosterState roster = stage.server.ledger().snapshot(stage.space()).orElseThrow().roster();
    Optional<DeviceEntry> entry = roster.device(machine.id());
    if (entry.isEmpty()) {
      return;
    }
    stage.trace.fault(Fault.COURIER_FORGES);
    LogKey log = Objects.requireNonNull(roster.logs().get(roster.logs().lastKey()));
    SigningKey own = SigningKey.generate(stage.chance);
    Checkpoint checkpoint = new Checkpoint(log.origin(), leaves.size(), MerkleRoot.of(leaves));
    SignedCheckpoint signed = SignedCheckpoint.sign(checkpoint, own);
    RangeProof proof = new RangeProof(0, leaves.size(), leaves.size(), List.of());
    Receipt receipt = Receipt.of(roster.logs().lastKey(), proof, signed);
    EntryWriter writer = new EntryWriter();
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    stream.writeBytes(
        writer.write(new Entry.LogState(Encoded.of(signed.note()), List.of(), leaves.size())));
    stream.writeBytes(writer.write(new Entry.Leaves(0, leaves)));
    stream.writeBytes(writer.write(new Entry.OfReceipt(Encoded.of(receipt.encode()))));
    byte[] parcel =
        Parcel.seal(
            new ParcelContent.Answer(stage.space(), machine.id(), Encoded.of(stream.toByteArray())),
            List.of(entry.get().keys().encryptionKey()),
            stage.chance);
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    bundle.writeBytes(BundleWriter.beginning());
    bundle.writeBytes(BundleWriter.parcel(parcel));
    couriers.to(machine, bundle.toByteArray());
  }
}
