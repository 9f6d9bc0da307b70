package dev.cairn.simulation.mutant;

import dev.cairn.simulation.mutant.Edit.Answers;
import dev.cairn.simulation.mutant.Edit.BodyIs;
import dev.cairn.simulation.mutant.Edit.CallAnswers;
import dev.cairn.simulation.mutant.Edit.CallBecomes;
import dev.cairn.simulation.mutant.Edit.ResultThrough;
import dev.cairn.simulation.mutant.Edit.Skips;
import java.util.ArrayList;
import java.util.List;

/** Bugs of other kinds, one line each: checks left out, words forgotten, rights given away. */
final class OtherMutants {

  private OtherMutants() {}

  static List<Mutant> all() {
    List<Mutant> all = new ArrayList<>();
    all.addAll(ofTheServer());
    all.addAll(ofRights());
    all.addAll(ofReceipts());
    all.addAll(ofTheDevice());
    return all;
  }

  private static List<Mutant> ofTheServer() {
    return List.of(
        mutant(
            "keep on the server what was withdrawn",
            new Plant("server.ledger.SpaceBatch", "write", new Skips("LedgerTransaction.erase"))),
        mutant(
            "answer whoever says who he is",
            new Plant(
                "server.request.Authority$Claim",
                "device",
                new CallAnswers("RequestSignature.verifies", true))),
        mutant(
            "log what its author did not sign",
            new Plant("server.stream.EntryDecoder", "frame", new Skips("FrameSignatures.verify"))),
        mutant(
            "log what was written after the cut",
            new Plant("protocol.roster.SuspensionRule", "mayBeLogged", new Answers(true))),
        mutant(
            "take a change without its body",
            new Plant(
                "server.ledger.FrameRules",
                "check",
                new CallAnswers("ErasureRules.explains", true))),
        mutant(
            "forget an erasure that came first",
            new Plant("server.ledger.ErasureRules", "erasing", new Skips("SpaceBatch.eraseAhead"))),
        mutant(
            "let anybody withdraw a body",
            new Plant("server.ledger.ErasureRules", "mayErase", new Answers(true))),
        mutant(
            "give everything to everybody",
            new Plant(
                "server.stream.PullPager", "shows", new CallAnswers("Stream.anyMatch", true))));
  }

  private static List<Mutant> ofRights() {
    String authority = "protocol.roster.Authority";
    return List.of(
        mutant(
            "believe statements in others' names",
            new Plant("protocol.roster.Statement", "signaturesValid", new Answers(true))),
        mutant(
            "take everybody for confirmed", new Plant(authority, "isConfirmed", new Answers(true))),
        mutant(
            "let anybody cut off anybody", new Plant(authority, "maySuspend", new Answers(true))),
        mutant("let anybody give out keys", new Plant(authority, "mayOpen", new Answers(true))));
  }

  private static List<Mutant> ofReceipts() {
    return List.of(
        mutant(
            "take receipts out of order",
            new Plant("client.sync.OwnLeaves", "continuesReceived", new Answers(true))),
        mutant(
            "confirm what was not opened",
            new Plant("desk.Confirmations", "isOpened", new Answers(true))),
        mutant(
            "send all again after a cut",
            new Plant("client.sync.Push", "run", new CallAnswers("FeedQuestion.ask", true))),
        mutant(
            "take what was sent for received",
            new Plant(
                "client.sync.Push", "begin", new CallBecomes("Progress.pushing", "sentIsThere"))),
        mutant(
            "believe a log that does not continue the one seen",
            new Plant(
                "client.sync.LogTrust",
                "believe",
                new CallBecomes("Consistency.check", "anythingContinues"))));
  }

  private static List<Mutant> ofTheDevice() {
    return List.of(
        mutant(
            "lose what is for an own circle",
            new Plant("client.intake.Inbox", "open", new Skips("Inbox.opened"))),
        mutant(
            "keep on a desk what was withdrawn",
            new Plant("client.held.Withdrawals", "kept", new ResultThrough("asItCame"))),
        mutant(
            "do not look at the commitment",
            new Plant(
                "protocol.feed.MessageKey",
                "openPadded",
                new CallAnswers("MessageDigest.isEqual", true))),
        mutant(
            "speak openly when two meet",
            new Plant("protocol.meeting.RecordKeys", "seal", new BodyIs("openly")),
            new Plant("protocol.meeting.RecordKeys", "open", new BodyIs("openly"))),
        mutant(
            "pad nothing",
            new Plant("protocol.envelope.Padme", "length", new ResultThrough("unpadded"))),
        mutant(
            "seal and keep the key",
            new Plant(
                "client.capture.Sealing", "sealReceived", new Skips("DestructibleKeys.destroy")),
            new Plant(
                "client.capture.Sealing",
                "destroyLeftovers",
                new Skips("DestructibleKeys.destroy"))),
        mutant(
            "never send a statement",
            new Plant(
                "client.held.RosterBook", "writeOutgoing", new Skips("RosterBook.writeOutbox"))));
  }

  private static Mutant mutant(String name, Plant... plants) {
    return new Mutant(name, Mutant.Check.WORLD, List.of(plants));
  }
}
