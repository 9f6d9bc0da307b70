package dev.cairn.cli.travel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.cairn.cli.console.ExitCode;
import dev.cairn.cli.console.Output;
import dev.cairn.client.attachment.AttachmentTrouble;
import dev.cairn.client.attachment.AttachmentTrouble.Weight;
import java.util.ArrayList;
import java.util.List;

/** Files that did not go or come: as lines, as JSON, as an exit code. */
final class Troubles {

  private Troubles() {}

  static JsonNode json(List<AttachmentTrouble> troubles) {
    ArrayNode list = Output.object().putArray("attachments");
    for (AttachmentTrouble trouble : troubles) {
      list.addObject()
          .put("attachment", trouble.attachment().toString())
          .put("code", trouble.code())
          .put("message", trouble.message());
    }
    return list;
  }

  static List<String> lines(List<AttachmentTrouble> troubles) {
    List<String> lines = new ArrayList<>();
    for (AttachmentTrouble trouble : troubles) {
      lines.add(
          "attachment "
              + trouble.attachment().toString().substring(0, 12)
              + ": "
              + trouble.code()
              + ": "
              + trouble.message());
    }
    return lines;
  }

  /** What is refused weighs most; what has only not come yet is no failure. */
  static int exit(List<AttachmentTrouble> troubles) {
    if (has(troubles, Weight.REFUSED)) {
      return ExitCode.PROBLEMS;
    }
    return has(troubles, Weight.PASSING) ? ExitCode.LATER : ExitCode.DONE;
  }

  private static boolean has(List<AttachmentTrouble> troubles, Weight weight) {
    return troubles.stream().anyMatch(trouble -> trouble.weight() == weight);
  }
}
