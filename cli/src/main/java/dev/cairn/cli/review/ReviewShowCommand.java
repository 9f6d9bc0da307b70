package dev.cairn.cli.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.console.ExitCode;
import dev.cairn.cli.console.Output;
import dev.cairn.desk.Desk;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.merge.RecordState;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code cairn review show}. */
@Command(
    name = "show",
    description = "Show a record: every value, who signed it, decisions, questions, answers.",
    footerHeading = "%nExample:%n",
    footer = "  cairn review show 4f2a --data desk --json")
public final class ReviewShowCommand extends DeskAction {

  @Parameters(
      index = "0",
      paramLabel = "RECORD",
      description = "The record's id, or its beginning.")
  private String record = "";

  /** Prints to an output. */
  public ReviewShowCommand(Output output) {
    super(output);
  }

  @Override
  int at(Desk desk) throws CairnException {
    RecordId id = record(desk, record);
    RecordState state =
        desk.records()
            .state(id)
            .orElseThrow(() -> new RefusedException("record.unknown", "no such record here"));
    ObjectNode document = RecordDocument.of(state, desk);
    if (json()) {
      output().json(document);
    } else {
      print(document);
    }
    return ExitCode.DONE;
  }

  private void print(JsonNode document) {
    output()
        .line(
            document.path("record").asText()
                + "  "
                + document.path("state").asText()
                + (document.path("visible").asBoolean() ? "" : "  hidden"));
    for (JsonNode field : document.path("fields")) {
      output()
          .line(
              field.path("field").asText()
                  + ": "
                  + field.path("shown")
                  + "  ("
                  + field.path("status").asText()
                  + ")");
      field.path("said").forEach(said -> print("  ", said.path("value").toString(), said));
      field
          .path("decisions")
          .forEach(decision -> print("  decided: ", decided(decision), decision));
    }
    for (JsonNode set : document.path("sets")) {
      output().line(set.path("field").asText() + ": " + set.path("present").findValues("value"));
    }
    for (String list : new String[] {"statements", "attachments", "retractions"}) {
      for (JsonNode entry : document.path(list)) {
        String text = entry.path("text").asText(entry.path("name").asText());
        text += entry.path("here").asBoolean(true) ? "" : "  (attachment.missing: not here)";
        print(entry.path("kind").asText() + ": ", text, entry);
        if (entry.path("old_key").asBoolean()) {
          output()
              .line(
                  "  asked under a key that the reporter's device has replaced since: if no answer"
                      + " comes, ask again");
        }
      }
    }
    for (JsonNode gone : document.path("erased")) {
      List<String> fields = new ArrayList<>();
      gone.path("fields").forEach(field -> fields.add(field.asText()));
      output()
          .line(
              "withdrawn: change "
                  + gone.path("change").asText()
                  + (fields.isEmpty() ? "" : " about " + String.join(", ", fields)));
      gone.path("by").forEach(by -> print("  ", by.path("reason").asText(), by));
    }
  }

  private static String decided(JsonNode decision) {
    String force = decision.path("force").asText();
    return decision.path("value") + (force.equals("undone") ? "  (undone)" : "");
  }

  private void print(String before, String what, JsonNode by) {
    output()
        .line(
            before
                + what
                + "  by "
                + by.path("member").asText().substring(0, 12)
                + "  "
                + by.path("time").asText());
  }
}
