package dev.cairn.simulation.mutant;

import dev.cairn.simulation.mutant.Edit.BodyIs;
import dev.cairn.simulation.mutant.Edit.CallAnswers;
import dev.cairn.simulation.mutant.Edit.CallBecomes;
import dev.cairn.simulation.mutant.Edit.ResultThrough;
import java.util.List;

/** Bugs by which somebody reads, is told or may do what is not his, while nothing is lost. */
final class ConfidenceMutants {

  private ConfidenceMutants() {}

  static List<Mutant> all() {
    return List.of(
        mutant(
            "seal new keys to who was cut off",
            new Plant(
                "client.space.LettingGo",
                "rekey",
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
            "follow any clock", new Plant("protocol.merge.Hlc", "observe", new BodyIs("later"))));
  }

  private static Mutant mutant(String name, Plant... plants) {
    return new Mutant(name, Mutant.Check.WORLD, List.of(plants));
  }
}
