package dev.cairn.protocol.roster;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborFields;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import dev.cairn.protocol.suite.VerifyingKey;

/** Reads ids and keys, each of its own type and length. */
final class Keys {

  private Keys() {}

  static DeviceId device(CborReader reader) throws MalformedException {
    return DeviceId.of(reader.bytesExactly(DeviceId.SIZE_BYTES));
  }

  static MemberId member(CborReader reader) throws MalformedException {
    return MemberId.of(reader.bytesExactly(MemberId.SIZE_BYTES));
  }

  static CircleId circle(CborReader reader) throws MalformedException {
    return CircleId.of(reader.bytesExactly(CircleId.SIZE_BYTES));
  }

  static ChangeId change(CborReader reader) throws MalformedException {
    return ChangeId.of(reader.bytesExactly(ChangeId.SIZE_BYTES));
  }

  static StatementId statement(CborReader reader) throws MalformedException {
    return StatementId.of(reader.bytesExactly(StatementId.SIZE_BYTES));
  }

  static EpochId epoch(CborReader reader) throws MalformedException {
    return EpochId.of(reader.bytesExactly(EpochId.SIZE_BYTES));
  }

  static EncryptionPublicKey encryption(CborReader reader) throws MalformedException {
    return EncryptionPublicKey.of(reader.bytesExactly(EncryptionPublicKey.SIZE_BYTES));
  }

  static VerifyingKey verifying(CborReader reader) throws MalformedException {
    return VerifyingKey.of(reader.bytesExactly(VerifyingKey.SIZE_BYTES));
  }

  static LogOrigin origin(CborReader reader) throws MalformedException {
    return LogOrigin.parse(reader.text(Limits.LOG_ORIGIN_CHARS_MAX));
  }

  /** Reads a log's origin and key, which stand as two fields that follow one another. */
  static LogKey log(CborFields fields, int field) throws MalformedException {
    LogOrigin origin = origin(fields.value(field));
    return new LogKey(origin, verifying(fields.value(field + 1)));
  }
}
