package dev.cairn.cli.report;

import dev.cairn.client.Device;
import dev.cairn.desk.Desk;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.merge.RecordState;
import dev.cairn.protocol.record.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writing to a record that is there. A coordinator's device has seen what others said of it, and
 * says so in the change; a reporter's knows its own changes only.
 */
final class Edits {

  private Edits() {}

  static ChangeId write(Device device, RecordId record, List<Operation> operations)
      throws CairnException {
    if (!device.profile().role().coordinates()) {
      return device.edit(record, operations);
    }
    Desk desk = Desk.over(device);
    RecordState state =
        desk.records()
            .state(record)
            .orElseThrow(() -> new RefusedException("record.unknown", "no such record here"));
    return desk.write(record, state.kind(), state.heads(), Set.of(desk.deskCircle()), operations);
  }

  /** How many fields of each record are in conflict, as far as this device can tell. */
  static Map<RecordId, Integer> conflicts(Device device) throws CairnException {
    Map<RecordId, Integer> conflicts = new HashMap<>();
    if (device.profile().role().coordinates()) {
      for (RecordState state : Desk.over(device).records().states()) {
        conflicts.put(state.record(), state.conflicts().size());
      }
    }
    return conflicts;
  }
}
