package dev.cairn.cli.review;

import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.Said;
import dev.cairn.desk.Desk;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.RecordId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn review send-back}. */
@Command(
    name = "send-back",
    description = "Send a record back to its reporter with a question.",
    footerHeading = "%nExample:%n",
    footer = "  cairn review send-back 4f2a --ask \"Did you see it yourself?\" --data desk")
public final class ReviewSendBackCommand extends DeskAction {

  @Parameters(
      index = "0",
      paramLabel = "RECORD",
      description = "The record's id, or its beginning.")
  private String record = "";

  @Option(
      names = "--ask",
      converter = Said.class,
      required = true,
      paramLabel = "TEXT",
      description = "The question.")
  private String ask = "";

  /** Prints to an output. */
  public ReviewSendBackCommand(Output output) {
    super(output);
  }

  @Override
  int at(Desk desk) throws CairnException {
    RecordId id = record(desk, record);
    return wrote(id, desk.reviewing().sendBack(id, ask), "sent back");
  }
}
