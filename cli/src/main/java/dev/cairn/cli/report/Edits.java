package dev.cairn.cli.report;

import dev.cairn.client.Device;
import dev.cairn.desk.Desk;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import java.util.List;

/**
 * Writing to a record that is there. A coordinator's device has seen what others said of it, and
 * says so in the change; a reporter's knows its own changes only.
 */
final class Edits {

  private Edits() {}

  static ChangeId write(Device device, RecordId record, List<Operation> operations)
      throws CairnException {
    if (device.profile().role().coordinates()) {
      Desk desk = Desk.over(device);
      if (desk.records().state(record).isPresent()) {
        return desk.reviewing().edit(record, operations);
      }
    }
    return device.edit(record, operations);
  }
}
