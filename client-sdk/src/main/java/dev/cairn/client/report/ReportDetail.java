package dev.cairn.client.report;

import dev.cairn.protocol.id.ChangeId;
import java.util.List;
import java.util.Optional;

/**
 * What the device can tell of one report.
 *
 * @param status as in the list
 * @param kind the record's kind on the wire
 * @param questions what coordinators asked and was not dismissed, oldest first
 * @param decisions what coordinators settled and was not dismissed, oldest first
 * @param withdrawals what coordinators withdrew and said so to this device, if not dismissed
 * @param changeIds every change this device wrote to it, in order; kept even when sealed
 * @param changes what they state, in order; empty when sealed
 * @param refusal the stable code with which the server refused it
 */
public record ReportDetail(
    ReportStatus status,
    long kind,
    List<Question> questions,
    List<SettledField> decisions,
    List<WithdrawnChange> withdrawals,
    List<ChangeId> changeIds,
    List<OwnChange> changes,
    Optional<String> refusal) {

  /** Takes copies. */
  public ReportDetail {
    questions = List.copyOf(questions);
    decisions = List.copyOf(decisions);
    withdrawals = List.copyOf(withdrawals);
    changeIds = List.copyOf(changeIds);
    changes = List.copyOf(changes);
  }

  /** The status only. */
  @Override
  public String toString() {
    return status.toString();
  }
}
