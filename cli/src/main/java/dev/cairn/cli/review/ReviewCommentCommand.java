package dev.cairn.cli.review;

import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.Said;
import dev.cairn.desk.Desk;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.RecordId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn review comment}. */
@Command(
    name = "comment",
    description = "Leave a comment for the other coordinators.",
    footerHeading = "%nExample:%n",
    footer = "  cairn review comment 4f2a --text \"see the list of the hospital\" --data desk")
public final class ReviewCommentCommand extends DeskAction {

  @Parameters(
      index = "0",
      paramLabel = "RECORD",
      description = "The record's id, or its beginning.")
  private String record = "";

  @Option(
      names = "--text",
      converter = Said.class,
      required = true,
      paramLabel = "TEXT",
      description = "The comment.")
  private String text = "";

  /** Prints to an output. */
  public ReviewCommentCommand(Output output) {
    super(output);
  }

  @Override
  int at(Desk desk) throws CairnException {
    RecordId id = record(desk, record);
    return wrote(id, desk.reviewing().comment(id, text), "commented");
  }
}
