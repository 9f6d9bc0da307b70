package dev.cairn.protocol.roster;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborFields;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.limits.Limits;
import java.util.List;

/**
 * A device that came later may read what was written before.
 *
 * @param circle the circle
 * @param device who may read
 * @param seeds of at least one epoch of the circle, ascending
 */
public record Grant(CircleId circle, DeviceId device, List<GrantedSeed> seeds)
    implements StatementContent {

  private static final String SEEDS = "epochs of a grant";

  /** Refuses a list that is empty, too long or out of order. */
  public Grant {
    seeds = Ascending.checked(SEEDS, seeds, Limits.GRANT_EPOCHS_MAX, GrantedSeed::epoch);
    if (seeds.isEmpty()) {
      throw new IllegalArgumentException("grant of nothing");
    }
  }

  @Override
  public StatementKind kind() {
    return StatementKind.GRANT;
  }

  static Grant read(CborReader reader) throws MalformedException {
    CborFields fields = new CborFields(reader, "grant", 3);
    CircleId circle = Keys.circle(fields.value(1));
    DeviceId device = Keys.device(fields.value(2));
    int at = fields.value(3).position();
    List<GrantedSeed> seeds =
        Ascending.read(
            reader, SEEDS, Limits.GRANT_EPOCHS_MAX, GrantedSeed::read, GrantedSeed::epoch);
    if (seeds.isEmpty()) {
      throw new MalformedException("grant of nothing", at);
    }
    fields.end();
    return new Grant(circle, device, seeds);
  }

  @Override
  public void write(CborWriter writer) {
    writer.map(3);
    writer.uint(1).bytes(circle.bytes());
    writer.uint(2).bytes(device.bytes());
    writer.uint(3).array(seeds.size());
    seeds.forEach(seed -> seed.write(writer));
  }
}
