package dev.cairn.simulation.audit;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import java.util.List;

/**
 * What somebody said, as he said it: told to the auditor by the world when the device's call
 * returned, before anything travelled.
 *
 * @param device which signed it
 * @param record what it is about
 * @param change which holds it
 * @param operations what was said
 */
public record Saying(
    DeviceId device, RecordId record, ChangeId change, List<Operation> operations) {

  /** Takes a copy. */
  public Saying {
    operations = List.copyOf(operations);
  }
}
