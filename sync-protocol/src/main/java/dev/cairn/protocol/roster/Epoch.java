package dev.cairn.protocol.roster;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborFields;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A circle's key pair for a time, its seed sealed to each device of the circle.
 *
 * @param circle whose key it is; its first epoch makes the circle
 * @param publicKey what sessions are sealed to
 * @param members the devices that can open them, ascending
 * @param recoverySealOrNull the seed for the recovery key; null in a device's own circle
 * @param superseded earlier epochs of the circle that writers no longer use, ascending
 * @param name the circle's name
 */
public record Epoch(
    CircleId circle,
    EncryptionPublicKey publicKey,
    List<EpochMember> members,
    @Nullable SeedSeal recoverySealOrNull,
    List<EpochId> superseded,
    SealedName name)
    implements StatementContent {

  private static final String MEMBERS = "members of an epoch";
  private static final String SUPERSEDED = "superseded epochs";

  /** Refuses lists that are too long or out of order. */
  public Epoch {
    members = Ascending.checked(MEMBERS, members, Limits.EPOCH_MEMBERS_MAX, EpochMember::device);
    superseded =
        Ascending.checked(SUPERSEDED, superseded, Limits.SUPERSEDED_MAX, Function.identity());
  }

  /** The seed for the recovery key, if it was sealed to it. */
  public Optional<SeedSeal> recoverySeal() {
    return Optional.ofNullable(recoverySealOrNull);
  }

  /** The seed for this device, if it was sealed to it. */
  public Optional<SeedSeal> sealFor(DeviceId device) {
    for (EpochMember member : members) {
      if (member.device().equals(device)) {
        return Optional.of(member.seal());
      }
    }
    return Optional.empty();
  }

  @Override
  public StatementKind kind() {
    return StatementKind.EPOCH;
  }

  static Epoch read(CborReader reader) throws MalformedException {
    CborFields fields = new CborFields(reader, "epoch", 6);
    CircleId circle = Keys.circle(fields.value(1));
    EncryptionPublicKey publicKey = Keys.encryption(fields.value(2));
    List<EpochMember> members =
        Ascending.read(
            fields.value(3),
            MEMBERS,
            Limits.EPOCH_MEMBERS_MAX,
            EpochMember::read,
            EpochMember::device);
    SeedSeal recoverySeal = fields.has(4) ? SeedSeal.read(reader) : null;
    List<EpochId> superseded =
        Ascending.read(
            fields.value(5), SUPERSEDED, Limits.SUPERSEDED_MAX, Keys::epoch, Function.identity());
    SealedName name = SealedName.read(fields.value(6));
    fields.end();
    return new Epoch(circle, publicKey, members, recoverySeal, superseded, name);
  }

  @Override
  public void write(CborWriter writer) {
    writer.map(recoverySealOrNull == null ? 5 : 6);
    writer.uint(1).bytes(circle.bytes());
    writer.uint(2).bytes(publicKey.bytes());
    writer.uint(3).array(members.size());
    members.forEach(member -> member.write(writer));
    if (recoverySealOrNull != null) {
      writer.uint(4);
      recoverySealOrNull.write(writer);
    }
    writer.uint(5);
    Ascending.write(writer, superseded, EpochId::bytes);
    writer.uint(6);
    name.write(writer);
  }
}
