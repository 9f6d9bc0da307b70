package dev.cairn.cli.review;

import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.UsageException;
import dev.cairn.desk.Desk;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.ReviewState;
import java.util.Arrays;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn review state}. */
@Command(
    name = "state",
    description = "Say how far the review of a record is; its reporter learns it.",
    footerHeading = "%nExample:%n",
    footer = "  cairn review state 4f2a --to reviewed --data desk")
public final class ReviewStateCommand extends DeskAction {

  @Parameters(
      index = "0",
      paramLabel = "RECORD",
      description = "The record's id, or its beginning.")
  private String record = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "STATE",
      description = "open, in-review, reviewed, published or rejected.")
  private String state = "";

  /** Prints to an output. */
  public ReviewStateCommand(Output output) {
    super(output);
  }

  @Override
  int at(Desk desk) throws CairnException {
    ReviewState to =
        ReviewState.ofWord(state)
            .orElseThrow(
                () ->
                    UsageException.noSuch(
                        "state",
                        state,
                        Arrays.stream(ReviewState.values()).map(ReviewState::word),
                        "--to"));
    RecordId id = record(desk, record);
    return wrote(id, desk.reviewing().state(id, to), to.word());
  }
}
