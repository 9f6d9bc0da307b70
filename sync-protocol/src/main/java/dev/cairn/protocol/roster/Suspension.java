package dev.cairn.protocol.roster;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborFields;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.limits.Limits;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A device is cut off: what it may still be believed in is listed, and nothing else of it counts.
 *
 * @param device the device
 * @param lastGoodOrNull changes of its feed that count, with all they continue; ascending; null
 *     lets every change count but no decision, for a device that was lost and not taken over
 * @param standing statements it signed that keep their force, ascending
 */
public record Suspension(
    DeviceId device, @Nullable List<LastGood> lastGoodOrNull, List<StatementId> standing)
    implements StatementContent {

  private static final String STATEMENTS = "statements that stand";

  /** Refuses lists that are too long or out of order. */
  public Suspension {
    if (lastGoodOrNull != null) {
      lastGoodOrNull = LastGood.checked(lastGoodOrNull);
    }
    standing =
        Ascending.checked(
            STATEMENTS, standing, Limits.STANDING_STATEMENTS_MAX, Function.identity());
  }

  /** The changes that count, with all they continue; empty if this bounds no changes. */
  public Optional<List<LastGood>> lastGood() {
    return Optional.ofNullable(lastGoodOrNull);
  }

  /** Whether a statement of the device keeps its force as far as this suspension goes. */
  boolean letsStand(StatementId statement) {
    return Collections.binarySearch(standing, statement) >= 0;
  }

  @Override
  public StatementKind kind() {
    return StatementKind.SUSPENSION;
  }

  static Suspension read(CborReader reader) throws MalformedException {
    CborFields fields = new CborFields(reader, "suspension", 3);
    DeviceId device = Keys.device(fields.value(1));
    List<LastGood> lastGood = null;
    if (fields.value(2).nextIsNull()) {
      reader.nul();
    } else {
      lastGood = LastGood.readList(reader);
    }
    List<StatementId> standing =
        Ascending.read(
            fields.value(3),
            STATEMENTS,
            Limits.STANDING_STATEMENTS_MAX,
            Keys::statement,
            Function.identity());
    fields.end();
    return new Suspension(device, lastGood, standing);
  }

  @Override
  public void write(CborWriter writer) {
    writer.map(3);
    writer.uint(1).bytes(device.bytes());
    writer.uint(2);
    if (lastGoodOrNull == null) {
      writer.nul();
    } else {
      LastGood.write(writer, lastGoodOrNull);
    }
    writer.uint(3);
    Ascending.write(writer, standing, StatementId::bytes);
  }
}
