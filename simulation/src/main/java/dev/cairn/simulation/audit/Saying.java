package dev.cairn.simulation.audit;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import java.util.List;
import java.util.Map;

/**
 * What somebody said, as he said it: told to the auditor by the world when the device's call
 * returned, before anything travelled.
 *
 * @param device which signed it
 * @param record what it is about
 * @param change which holds it
 * @param operations what was said
 * @param millis when, by the clock that is right
 * @param clockMillis the latest time that the device's clock ever told
 * @param writing the epoch of each circle that the device had for the one to write to
 */
public record Saying(
    DeviceId device,
    RecordId record,
    ChangeId change,
    List<Operation> operations,
    long millis,
    long clockMillis,
    Map<CircleId, EpochId> writing) {

  /** Takes copies. */
  public Saying {
    operations = List.copyOf(operations);
    writing = Map.copyOf(writing);
  }
}
