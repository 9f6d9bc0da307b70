package dev.cairn.client.report;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.Operation;

/**
 * What a coordinator decided about a field of a report.
 *
 * @param id the change that decides
 * @param field the field
 * @param outcome what was decided
 * @param reason why
 * @param from the coordinator's device
 * @param timeMillis when it was decided by the decider's clock, in milliseconds since 1970
 * @param undone whether a coordinator took it back
 */
public record SettledField(
    ChangeId id,
    Field field,
    Operation.Outcome outcome,
    String reason,
    DeviceId from,
    long timeMillis,
    boolean undone) {

  /** The id only. */
  @Override
  public String toString() {
    return "decision " + id;
  }
}
