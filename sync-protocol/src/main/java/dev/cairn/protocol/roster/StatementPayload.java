package dev.cairn.protocol.roster;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.cbor.CborFields;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.feed.Salt;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.limits.Limits;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The signed part of a statement. */
record StatementPayload(
    @Nullable SpaceId space,
    List<StatementId> heads,
    Salt salt,
    StatementContent content,
    List<DeviceId> signers) {

  StatementPayload {
    heads = Ascending.checked("heads seen", heads, Limits.ROSTER_HEADS_MAX, Function.identity());
    signers = Ascending.checked("signers", signers, Limits.COSE_SIGNERS_MAX, Function.identity());
    String wrong = fault(space, heads, content, signers);
    if (wrong != null) {
      throw new IllegalArgumentException(wrong);
    }
  }

  private static @Nullable String fault(
      @Nullable SpaceId space,
      List<StatementId> heads,
      StatementContent content,
      List<DeviceId> signers) {
    boolean isGenesis = content.kind() == StatementKind.GENESIS;
    if (isGenesis != (space == null) || isGenesis != heads.isEmpty()) {
      return "statement: genesis alone names no space and has seen nothing";
    }
    if (!content.kind().isSignedBy(signers.size())) {
      return "statement: more or fewer signers than its kind asks for";
    }
    DeviceId comesIn = comesIn(content);
    return comesIn == null || signers.contains(comesIn)
        ? null
        : "statement: not signed by the device that comes in";
  }

  private static @Nullable DeviceId comesIn(StatementContent content) {
    if (content instanceof Genesis genesis) {
      return genesis.owner().device();
    }
    if (content instanceof Admission admission) {
      return admission.keys().device();
    }
    return content instanceof Replacement replacement ? replacement.owner().device() : null;
  }

  static StatementPayload decode(byte[] bytes) throws MalformedException, TooNewException {
    CborReader reader = CborReader.of(bytes);
    CborFields fields = new CborFields(reader, "statement", 7);
    long suite = fields.value(1).uint();
    if (suite != Statement.SUITE) {
      throw new TooNewException("statement suite", suite, Statement.SUITE);
    }
    byte[] space = fields.value(2).bytes(SpaceId.SIZE_BYTES);
    if (space.length != 0 && space.length != SpaceId.SIZE_BYTES) {
      throw new MalformedException("statement: space of another length");
    }
    long code = fields.value(3).uint();
    List<StatementId> heads =
        Ascending.read(
            fields.value(4),
            "heads seen",
            Limits.ROSTER_HEADS_MAX,
            Keys::statement,
            Function.identity());
    Salt salt = Salt.of(fields.value(5).bytesExactly(Salt.SIZE_BYTES));
    StatementContent content = content(code, fields.value(6));
    List<DeviceId> signers =
        Ascending.read(
            fields.value(7), "signers", Limits.COSE_SIGNERS_MAX, Keys::device, Function.identity());
    fields.end();
    reader.end();
    SpaceId named = space.length == 0 ? null : SpaceId.of(space);
    String wrong = fault(named, heads, content, signers);
    if (wrong != null) {
      throw new MalformedException(wrong);
    }
    return new StatementPayload(named, heads, salt, content, signers);
  }

  private static StatementContent content(long code, CborReader reader) throws MalformedException {
    return switch (StatementKind.of(code)) {
      case GENESIS -> Genesis.read(reader);
      case INVITATION -> Invitation.read(reader);
      case ADMISSION -> Admission.read(reader);
      case CONFIRMATION -> Confirmation.read(reader);
      case SUSPENSION -> Suspension.read(reader);
      case EPOCH -> Epoch.read(reader);
      case GRANT -> Grant.read(reader);
      case MOVE -> Move.read(reader);
      case GENERATION -> Generation.read(reader);
      case REPLACEMENT -> Replacement.read(reader);
      case RELEASE -> Release.read(reader);
      case NEWER -> new Newer(code, reader.rawItem());
    };
  }

  byte[] encode() {
    CborWriter writer = new CborWriter().map(7);
    writer.uint(1).uint(Statement.SUITE);
    writer.uint(2).bytes(space == null ? new byte[0] : space.bytes());
    writer.uint(3).uint(content.code());
    writer.uint(4);
    Ascending.write(writer, heads, StatementId::bytes);
    writer.uint(5).bytes(salt.bytes());
    writer.uint(6);
    content.write(writer);
    writer.uint(7);
    Ascending.write(writer, signers, DeviceId::bytes);
    return writer.toBytes();
  }
}
