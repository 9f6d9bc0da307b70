package dev.cairn.client.report;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;

/**
 * What a coordinator asks the reporter about a report.
 *
 * @param id the change that asks; an answer names it
 * @param ask the question
 * @param from the coordinator's device
 * @param timeMillis when it was asked by the asker's clock, in milliseconds since 1970
 * @param answered whether it was answered from this device
 */
public record Question(ChangeId id, String ask, DeviceId from, long timeMillis, boolean answered) {

  /** The id only. */
  @Override
  public String toString() {
    return "question " + id;
  }
}
