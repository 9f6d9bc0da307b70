package dev.cairn.protocol.roster;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborFields;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.limits.Limits;
import java.util.List;

/**
 * The recovery key puts a new owner in place, and cuts off the devices that were lost.
 *
 * @param owner the new owner's device, a new member
 * @param suspended the devices cut off, ascending by device
 * @param pseudonym the new owner's
 */
public record Replacement(DeviceKeys owner, List<Suspension> suspended, SealedPseudonym pseudonym)
    implements StatementContent {

  private static final String SUSPENDED = "devices that a replacement suspends";

  /** Refuses a list that is too long or out of order. */
  public Replacement {
    suspended =
        Ascending.checked(
            SUSPENDED, suspended, Limits.REPLACEMENT_SUSPENDED_MAX, Suspension::device);
  }

  @Override
  public StatementKind kind() {
    return StatementKind.REPLACEMENT;
  }

  static Replacement read(CborReader reader) throws MalformedException {
    CborFields fields = new CborFields(reader, "replacement", 3);
    DeviceKeys owner = DeviceKeys.read(fields.value(1));
    List<Suspension> suspended =
        Ascending.read(
            fields.value(2),
            SUSPENDED,
            Limits.REPLACEMENT_SUSPENDED_MAX,
            Suspension::read,
            Suspension::device);
    SealedPseudonym pseudonym = SealedPseudonym.read(fields.value(3));
    fields.end();
    return new Replacement(owner, suspended, pseudonym);
  }

  @Override
  public void write(CborWriter writer) {
    writer.map(3);
    writer.uint(1);
    owner.write(writer);
    writer.uint(2).array(suspended.size());
    suspended.forEach(suspension -> suspension.write(writer));
    writer.uint(3);
    pseudonym.write(writer);
  }
}
