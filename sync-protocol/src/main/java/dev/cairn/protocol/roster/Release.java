package dev.cairn.protocol.roster;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborFields;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.limits.Limits;
import java.util.List;
import java.util.function.Function;

/**
 * Changes of a suspended device count again. It names the suspensions that it widens: one that
 * nobody had seen yet still bounds what it bounds, else a release could undo a later suspension.
 *
 * @param device the suspended device
 * @param suspensions the suspensions and replacements that it widens, ascending, at least one
 * @param upTo changes that count with all they continue, ascending
 * @param single changes that count by themselves, ascending
 */
public record Release(
    DeviceId device, List<StatementId> suspensions, List<LastGood> upTo, List<ChangeId> single)
    implements StatementContent {

  private static final String SUSPENSIONS = "suspensions that a release widens";
  private static final String SINGLE = "changes that a release names";

  /** Refuses lists that are too long or out of order. */
  public Release {
    suspensions =
        Ascending.checked(
            SUSPENSIONS, suspensions, Limits.RELEASE_SUSPENSIONS_MAX, Function.identity());
    if (suspensions.isEmpty()) {
      throw new IllegalArgumentException("release of no suspension");
    }
    upTo = LastGood.checked(upTo);
    single = Ascending.checked(SINGLE, single, Limits.RELEASE_CHANGES_MAX, Function.identity());
  }

  @Override
  public StatementKind kind() {
    return StatementKind.RELEASE;
  }

  static Release read(CborReader reader) throws MalformedException {
    CborFields fields = new CborFields(reader, "release", 4);
    DeviceId device = Keys.device(fields.value(1));
    int at = reader.position();
    List<StatementId> suspensions =
        Ascending.read(
            fields.value(2),
            SUSPENSIONS,
            Limits.RELEASE_SUSPENSIONS_MAX,
            Keys::statement,
            Function.identity());
    if (suspensions.isEmpty()) {
      throw new MalformedException("release of no suspension", at);
    }
    List<LastGood> upTo = LastGood.readList(fields.value(3));
    List<ChangeId> single =
        Ascending.read(
            fields.value(4), SINGLE, Limits.RELEASE_CHANGES_MAX, Keys::change, Function.identity());
    fields.end();
    return new Release(device, suspensions, upTo, single);
  }

  @Override
  public void write(CborWriter writer) {
    writer.map(4);
    writer.uint(1).bytes(device.bytes());
    writer.uint(2);
    Ascending.write(writer, suspensions, StatementId::bytes);
    writer.uint(3);
    LastGood.write(writer, upTo);
    writer.uint(4);
    Ascending.write(writer, single, ChangeId::bytes);
  }
}
