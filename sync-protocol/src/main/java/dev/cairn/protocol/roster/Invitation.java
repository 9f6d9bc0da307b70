package dev.cairn.protocol.roster;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborFields;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.limits.Limits;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A coordinator lets in whoever holds a one-time key. Uses and expiry throttle and warn; they never
 * decide who is in, for a device without network cannot know whether it was the last.
 *
 * @param oneTimeKey signs the admissions made under this invitation
 * @param role reporter or coordinator
 * @param circles what the newcomer is meant to write to, ascending
 * @param uses how many devices are expected
 * @param expiresSeconds seconds since 1970-01-01 UTC
 * @param memberOrNull whose further device it is for, then for one use; nobody's: a new member's
 *     first
 */
public record Invitation(
    DeviceId oneTimeKey,
    Role role,
    List<CircleId> circles,
    int uses,
    long expiresSeconds,
    @Nullable MemberId memberOrNull)
    implements StatementContent {

  private static final String FURTHER = "invitation of a member's further device: not for one use";

  /** Refuses what is out of bounds. */
  public Invitation {
    if (!role.isInvitable()) {
      throw new IllegalArgumentException("nobody is invited to be owner");
    }
    circles =
        Ascending.checked(
            "circles of an invitation",
            circles,
            Limits.INVITATION_CIRCLES_MAX,
            Function.identity());
    if (uses < 1 || uses > Limits.INVITATION_USES_MAX || expiresSeconds < 0) {
      throw new IllegalArgumentException("invitation for " + uses + " uses");
    }
    if (memberOrNull != null && uses != 1) {
      throw new IllegalArgumentException(FURTHER);
    }
  }

  /** Whose further device this is for, or empty for a new member. */
  public Optional<MemberId> member() {
    return Optional.ofNullable(memberOrNull);
  }

  @Override
  public StatementKind kind() {
    return StatementKind.INVITATION;
  }

  static Invitation read(CborReader reader) throws MalformedException {
    CborFields fields = new CborFields(reader, "invitation", 6);
    DeviceId oneTimeKey = Keys.device(fields.value(1));
    Role role = Role.invitable(positive(fields.value(2), 2, "role"));
    List<CircleId> circles =
        Ascending.read(
            fields.value(3),
            "circles of an invitation",
            Limits.INVITATION_CIRCLES_MAX,
            Keys::circle,
            Function.identity());
    int uses = (int) positive(fields.value(4), Limits.INVITATION_USES_MAX, "uses");
    long expires = fields.value(5).uint();
    MemberId member = fields.has(6) ? Keys.member(reader) : null;
    if (member != null && uses != 1) {
      throw new MalformedException(FURTHER);
    }
    fields.end();
    return new Invitation(oneTimeKey, role, circles, uses, expires, member);
  }

  private static long positive(CborReader reader, long max, String what) throws MalformedException {
    int at = reader.position();
    long value = reader.uint(max);
    if (value == 0) {
      throw new MalformedException("invitation: " + what + " of zero", at);
    }
    return value;
  }

  @Override
  public void write(CborWriter writer) {
    writer.map(memberOrNull == null ? 5 : 6);
    writer.uint(1).bytes(oneTimeKey.bytes());
    writer.uint(2).uint(role.code());
    writer.uint(3);
    Ascending.write(writer, circles, CircleId::bytes);
    writer.uint(4).uint(uses);
    writer.uint(5).uint(expiresSeconds);
    if (memberOrNull != null) {
      writer.uint(6).bytes(memberOrNull.bytes());
    }
  }
}
