package dev.cairn.protocol.roster;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborFields;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.StatementId;

/**
 * A coordinator has compared fingerprint words with whoever holds the device.
 *
 * <p>It names the admission and not the device alone: a device once confirmed as a reporter that
 * later takes up a coordinator's invitation would else be a coordinator unseen.
 *
 * @param device the device
 * @param admission the admission that is confirmed, with its keys and role
 */
public record Confirmation(DeviceId device, StatementId admission) implements StatementContent {

  @Override
  public StatementKind kind() {
    return StatementKind.CONFIRMATION;
  }

  static Confirmation read(CborReader reader) throws MalformedException {
    CborFields fields = new CborFields(reader, "confirmation", 2);
    DeviceId device = Keys.device(fields.value(1));
    StatementId admission = Keys.statement(fields.value(2));
    fields.end();
    return new Confirmation(device, admission);
  }

  @Override
  public void write(CborWriter writer) {
    writer.map(2);
    writer.uint(1).bytes(device.bytes());
    writer.uint(2).bytes(admission.bytes());
  }
}
