package dev.cairn.client.report;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;

/**
 * What a coordinator withdrew of a report.
 *
 * @param id the change that withdraws
 * @param change the change of which the content is gone
 * @param reason why
 * @param from the coordinator's device
 * @param timeMillis when it was withdrawn by the coordinator's clock, in milliseconds since 1970
 */
public record WithdrawnChange(
    ChangeId id, ChangeId change, String reason, DeviceId from, long timeMillis) {

  /** The ids only. */
  @Override
  public String toString() {
    return "withdrawal " + id + " of " + change;
  }
}
