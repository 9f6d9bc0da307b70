package dev.cairn.cli.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.console.Output;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.RecordId;

/** What a command tells of a change it wrote. */
final class Written {

  private Written() {}

  static ObjectNode document(RecordId record, ChangeId change) {
    return Output.object().put("record", record.toString()).put("change", change.toString());
  }
}
