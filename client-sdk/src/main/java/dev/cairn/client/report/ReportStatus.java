package dev.cairn.client.report;

import dev.cairn.protocol.id.RecordId;
import java.util.Optional;

/**
 * One line of the list of reports.
 *
 * @param record the report
 * @param state how far it has come
 * @param sealed whether its content can no longer be opened here
 * @param withdrawn how many of this device's changes to it are withdrawn, and gone here too
 * @param label the reporter's own words for it
 */
public record ReportStatus(
    RecordId record, ReportState state, boolean sealed, int withdrawn, Optional<String> label) {

  /** Without the label, which is the reporter's. */
  @Override
  public String toString() {
    return record + " " + state.word() + (sealed ? " sealed" : "");
  }
}
