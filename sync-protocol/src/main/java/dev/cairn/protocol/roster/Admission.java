package dev.cairn.protocol.roster;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborFields;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.StatementId;

/**
 * A device comes in under an invitation. Signed by the device and by the invitation's one-time key,
 * so that neither a stolen file without its code nor a device without an invitation is enough.
 *
 * @param invitation the statement that invites
 * @param keys the device's keys
 * @param pseudonym what the member wants to be called, for coordinators to read
 */
public record Admission(StatementId invitation, DeviceKeys keys, SealedPseudonym pseudonym)
    implements StatementContent {

  @Override
  public StatementKind kind() {
    return StatementKind.ADMISSION;
  }

  static Admission read(CborReader reader) throws MalformedException {
    CborFields fields = new CborFields(reader, "admission", 3);
    StatementId invitation = Keys.statement(fields.value(1));
    DeviceKeys keys = DeviceKeys.read(fields.value(2));
    SealedPseudonym pseudonym = SealedPseudonym.read(fields.value(3));
    fields.end();
    return new Admission(invitation, keys, pseudonym);
  }

  @Override
  public void write(CborWriter writer) {
    writer.map(3);
    writer.uint(1).bytes(invitation.bytes());
    writer.uint(2);
    keys.write(writer);
    writer.uint(3);
    pseudonym.write(writer);
  }
}
