package dev.cairn.simulation.mutant;

import dev.cairn.simulation.mutant.Edit.Answers;
import dev.cairn.simulation.mutant.Edit.BodyIs;
import dev.cairn.simulation.mutant.Edit.CallAnswers;
import dev.cairn.simulation.mutant.Edit.CallBecomes;
import dev.cairn.simulation.mutant.Edit.ResultThrough;
import dev.cairn.simulation.mutant.Edit.Skips;
import java.util.List;

/** Bugs by which somebody reads, is told or may do what is not his; nearly all lose nothing. */
final class ConfidenceMutants {

  private ConfidenceMutants() {}

  static List<Mutant> all() {
    return List.of(
        mutant(
            "seal new keys to who was cut off",
            new Plant(
                "client.space.NewKeys",
                "isLeft",
                new CallAnswers("DeviceEntry.isSuspended", false)),
            new Plant(
                "protocol.roster.RosterWriter",
                "keysOf",
                new CallAnswers("DeviceEntry.isSuspended", false))),
        mutant(
            "write on under old keys",
            new Plant(
                "protocol.feed.WritingSession", "serves", new CallAnswers("List.equals", true))),
        mutant(
            "tell reporters of each other",
            new Plant(
                "protocol.roster.ReporterView", "isForReporter", new ResultThrough("orConfirms"))),
        mutant(
            "tell a reporter what coordinators say",
            new Plant(
                "desk.review.Reviewing",
                "comment",
                new CallBecomes("Audiences.amongCoordinators", "withReporter"))),
        mutant(
            "let anybody take out of a set",
            new Plant(
                "protocol.merge.SetMerge$Taken",
                "add",
                new CallAnswers("Placed.byCoordinator", true))),
        mutant(
            "let anybody make himself owner",
            new Plant(
                "protocol.roster.Authority",
                "<init>",
                new CallAnswers("StatementIndex.isSignedByRecovery", true)),
            new Plant(
                "protocol.roster.Authority",
                "stands",
                new CallAnswers("StatementIndex.isSignedByRecovery", true))),
        mutant(
            "stay in one session for days",
            new Plant("protocol.feed.WritingSession", "goesOn", new Answers(true))),
        mutant(
            "lose what comes back by courier",
            new Plant("client.courier.Delivery", "keep", new Skips("CarriedParcels.keepAnswers"))),
        mutant(
            "blame the server for what a courier left out",
            new Plant(
                "client.intake.IntakeBatch",
                "take",
                new CallAnswers("OptionalLong.isPresent", true)),
            new Plant("client.sync.Pull", "readFromTheStart", new Skips("Withheld.forget"))),
        mutant(
            "follow any clock", new Plant("protocol.merge.Hlc", "observe", new BodyIs("later"))));
  }

  private static Mutant mutant(String name, Plant... plants) {
    return new Mutant(name, Mutant.Check.WORLD, List.of(plants));
  }
}
