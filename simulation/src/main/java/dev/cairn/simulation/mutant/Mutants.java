package dev.cairn.simulation.mutant;

import static dev.cairn.simulation.mutant.Mutant.Check.DISK;
import static dev.cairn.simulation.mutant.Mutant.Check.SIGNATURE;
import static dev.cairn.simulation.mutant.Mutant.Check.WORLD;

import dev.cairn.simulation.mutant.Edit.Answers;
import dev.cairn.simulation.mutant.Edit.BodyIs;
import dev.cairn.simulation.mutant.Edit.CallAnswers;
import dev.cairn.simulation.mutant.Edit.CallBecomes;
import dev.cairn.simulation.mutant.Edit.Makes;
import dev.cairn.simulation.mutant.Edit.ResultThrough;
import dev.cairn.simulation.mutant.Edit.Skips;
import dev.cairn.simulation.mutant.Edit.TextBecomes;
import java.util.ArrayList;
import java.util.List;

/** The bugs we know how to make. {@code docs/SIMULATION.md} says of each what notices it. */
public final class Mutants {

  private static final String SYNCED = "PRAGMA synchronous = FULL";
  private static final String NOT_SYNCED = "PRAGMA synchronous = OFF";

  private Mutants() {}

  /** All of them. */
  public static List<Mutant> all() {
    List<Mutant> all = new ArrayList<>();
    all.addAll(ofDisks());
    all.addAll(ofTheServer());
    all.addAll(ofTheProtocol());
    all.addAll(ofTheDevice());
    all.addAll(ofTheMerge());
    all.addAll(OtherMutants.all());
    all.addAll(ConfidenceMutants.all());
    all.replaceAll(Shown::first);
    return all;
  }

  private static List<Mutant> ofDisks() {
    return List.of(
        mutant(
            "skip the fsync",
            DISK,
            new Plant("server.sqlite.Sql", "open", new TextBecomes(SYNCED, NOT_SYNCED))),
        mutant(
            "skip the fsync of a device's rows",
            DISK,
            new Plant(
                "client.sqlite.SqliteRowStore", "<clinit>", new TextBecomes(SYNCED, NOT_SYNCED))),
        mutant(
            "skip the fsync of the ring of keys",
            DISK,
            new Plant("client.vault.DurableFile", "write", new Skips("FileChannel.force"))),
        mutant(
            "skip the fsync of a name",
            DISK,
            new Plant("client.vault.DurableFile", "syncFolder", new Skips("FileChannel.force"))));
  }

  private static List<Mutant> ofTheServer() {
    return List.of(
        mutant(
            "acknowledge before commit",
            WORLD,
            new Plant(
                "server.ledger.Ledger",
                "accept",
                new CallBecomes("LedgerStore.begin", "beginLate")),
            new Plant(
                "server.ledger.Ledger",
                "create",
                new CallBecomes("LedgerStore.begin", "beginLate")),
            new Plant(
                "server.ledger.Ledger",
                "commit",
                new CallBecomes("LedgerTransaction.commit", "commitLater")),
            new Plant("server.ledger.Ledger", "store", new ResultThrough("committed")),
            new Plant(
                "server.stream.Receipts",
                "encode",
                new CallBecomes("Ledger.store", "uncommitted"))),
        mutant(
            "sign two trees of one size",
            WORLD,
            new Plant(
                "server.ledger.Ledger",
                "commit",
                new CallBecomes("SpaceBatch.write", "writeAndShow"))),
        mutant(
            "erase the payload with the body",
            WORLD,
            new Plant(
                "server.sqlite.SqliteTransaction",
                "erase",
                new TextBecomes(
                    "UPDATE change SET ciphertext = NULL WHERE space = ? AND id = ?",
                    "DELETE FROM change WHERE space = ? AND id = ?"))));
  }

  private static List<Mutant> ofTheProtocol() {
    return List.of(
        mutant(
            "skip the R validation",
            SIGNATURE,
            new Plant(
                "protocol.suite.Ed25519",
                "verify",
                new CallAnswers("Ed25519.validatePublicKeyFull", true))),
        mutant(
            "trust the server's key",
            WORLD,
            new Plant(
                "protocol.log.SignedCheckpoint", "open", new CallAnswers("Ed25519.verify", true)),
            new Plant(
                "protocol.log.SignedCheckpoint",
                "open",
                new CallAnswers("NoteSignature.isBy", true))),
        mutant(
            "accept a gap",
            WORLD,
            new Plant("protocol.feed.FeedState", "check", new CallAnswers("Set.isEmpty", true)),
            new Plant("protocol.feed.FeedState", "fault", new BodyIs("nothing"))),
        mutant(
            "accept a change signed after suspension",
            WORLD,
            new Plant("protocol.roster.SuspensionRule", "mayBeLogged", new Answers(true)),
            new Plant("protocol.roster.SuspensionRule", "counted", new BodyIs("everything"))),
        mutant(
            "lose a re-key race",
            WORLD,
            new Plant(
                "protocol.roster.EpochKeyRing", "sealIn", new ResultThrough("onlyTheWinner"))),
        mutant(
            "reuse a session key after restart",
            WORLD,
            new Plant(
                "protocol.feed.FeedAuthor",
                "openSession",
                new CallBecomes("Secret.random", "asBefore"))),
        mutant(
            "take a receipt unchecked",
            WORLD,
            new Plant(
                "protocol.log.Receipt", "verify", new CallAnswers("RangeProof.verifies", true))));
  }

  private static List<Mutant> ofTheDevice() {
    return List.of(
        mutant(
            "forge a courier's receipt",
            WORLD,
            new Plant(
                "client.sync.CourierReceipts",
                "receipt",
                new CallBecomes("Receipt.verify", "believed")),
            new Plant(
                "client.sync.CourierReceipts",
                "receipt",
                new CallAnswers("Unreconciled.isSame", true))),
        mutant(
            "believe a stale snapshot",
            WORLD,
            new Plant(
                "client.sync.LogTrust",
                "believe",
                new CallBecomes("Consistency.check", "olderIsFine")),
            new Plant(
                "server.request.Query", "seenSize", new CallBecomes("LogHead.size", "endless")),
            new Plant("server.request.Query", "seenSize", new ResultThrough("noMoreThanThereIs"))),
        mutant(
            "lose the quarantine",
            WORLD,
            new Plant("client.intake.IntakeBatch", "isKept", new ResultThrough("notOfSuspended"))),
        mutant(
            "forget what a desk has not confirmed",
            WORLD,
            new Plant(
                "client.capture.Sealing",
                "mark",
                new CallBecomes("SealedRows.delete", "deleteWithBody"))));
  }

  private static List<Mutant> ofTheMerge() {
    return List.of(
        mutant(
            "drop one concurrent value",
            WORLD,
            new Plant("protocol.merge.RegisterMerge", "values", new ResultThrough("allButOne"))),
        mutant(
            "no parents check",
            WORLD,
            new Plant(
                "protocol.merge.RecordGraph",
                "hasSeen",
                new CallBecomes("Ancestry.hasSeen", "byTheClock"))),
        mutant(
            "equal clocks tie by arrival",
            WORLD,
            new Plant("protocol.merge.Node", "compareTo", new Skips("DeviceId.compareTo")),
            new Plant("protocol.merge.Node", "compareTo", new Skips("ChangeId.compareTo")),
            new Plant(
                "protocol.merge.RecordGraph",
                "of",
                new Makes("java/util/HashMap", "java/util/LinkedHashMap"))),
        mutant(
            "let an edit overwrite another member's value",
            WORLD,
            new Plant(
                "protocol.merge.RecordMerge",
                "claims",
                new CallBecomes("Placed.member", "anybody"))),
        mutant(
            "count a decision by a reporter",
            WORLD,
            new Plant("protocol.merge.Contents", "sort", new CallAnswers("Author.decides", true))));
  }

  private static Mutant mutant(String name, Mutant.Check check, Plant... plants) {
    return new Mutant(name, check, List.of(plants));
  }
}
