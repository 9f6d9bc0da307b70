package dev.cairn.cli.review;

import dev.cairn.cli.console.IdPrefix;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.Said;
import dev.cairn.desk.Desk;
import dev.cairn.desk.merged.AddressedChange;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn review undo}. */
@Command(
    name = "undo",
    description = "Take back a decision, anybody's; both stay visible.",
    footerHeading = "%nExample:%n",
    footer = "  cairn review undo 91c0 --reason \"new witness\" --data desk")
public final class ReviewUndoCommand extends DeskAction {

  @Parameters(
      index = "0",
      paramLabel = "CHANGE",
      description = "The change that decided, or how its id begins.")
  private String prefix = "";

  @Option(names = "--reason", converter = Said.class, paramLabel = "TEXT", description = "Why.")
  private String reason = "";

  /** Prints to an output. */
  public ReviewUndoCommand(Output output) {
    super(output);
  }

  @Override
  int at(Desk desk) throws CairnException {
    AddressedChange decision =
        IdPrefix.find(prefix, decisions(desk), change -> change.change().id().toString(), "change");
    RecordId record = decision.change().record();
    ChangeId change = desk.reviewing().undo(decision.change().id(), reason);
    return wrote(record, change, "undone by " + change);
  }

  private static List<AddressedChange> decisions(Desk desk) throws CairnException {
    List<AddressedChange> decisions = new ArrayList<>();
    for (RecordId record : desk.records().ids()) {
      for (AddressedChange change : desk.records().changes(record)) {
        if (change.change().operations().stream().anyMatch(Operation.Decide.class::isInstance)) {
          decisions.add(change);
        }
      }
    }
    return decisions;
  }
}
