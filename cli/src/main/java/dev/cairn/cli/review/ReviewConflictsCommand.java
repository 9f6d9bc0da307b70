package dev.cairn.cli.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.cairn.cli.console.ExitCode;
import dev.cairn.cli.console.Output;
import dev.cairn.desk.Desk;
import dev.cairn.desk.review.Conflict;
import dev.cairn.desk.review.ConflictJson;
import dev.cairn.protocol.CairnException;
import picocli.CommandLine.Command;

/** {@code cairn review conflicts}. */
@Command(
    name = "conflicts",
    description = "List every field whose values contradict each other, with who signed which.",
    footerHeading = "%nExample:%n",
    footer = "  cairn review conflicts --data desk --json")
public final class ReviewConflictsCommand extends DeskAction {

  /** Prints to an output. */
  public ReviewConflictsCommand(Output output) {
    super(output);
  }

  @Override
  int at(Desk desk) throws CairnException {
    ArrayNode list = Output.array();
    for (Conflict conflict : desk.reviewing().conflicts()) {
      list.add(ConflictJson.of(conflict));
    }
    if (json()) {
      output().json(list);
    } else {
      list.forEach(this::print);
      output().line(list.size() + " fields in conflict");
    }
    return ExitCode.DONE;
  }

  private void print(JsonNode conflict) {
    output()
        .line(
            conflict.path("record").asText()
                + "  "
                + conflict.path("field").asText()
                + "  "
                + conflict.path("rule").asText());
    for (JsonNode value : conflict.path("values")) {
      output()
          .line(
              "    "
                  + value.path("value")
                  + "  by "
                  + value.path("member").asText().substring(0, 12)
                  + "  in "
                  + value.path("change").asText().substring(0, 12)
                  + "  "
                  + value.path("time").asText());
    }
  }
}
