package dev.cairn.protocol.roster;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborFields;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Founds a space.
 *
 * @param log the log of generation 0
 * @param bundleKey the server's key, which bundles for it are sealed to
 * @param owner the founder's device
 * @param recoveryOrNull the recovery pair; null if the founder wanted none, which is for good
 * @param name the space's name
 * @param pseudonym the founder's
 */
public record Genesis(
    LogKey log,
    EncryptionPublicKey bundleKey,
    DeviceKeys owner,
    @Nullable RecoveryKeys recoveryOrNull,
    SealedName name,
    SealedPseudonym pseudonym)
    implements StatementContent {

  /** The recovery pair, unless the founder wanted none. */
  public Optional<RecoveryKeys> recovery() {
    return Optional.ofNullable(recoveryOrNull);
  }

  @Override
  public StatementKind kind() {
    return StatementKind.GENESIS;
  }

  static Genesis read(CborReader reader) throws MalformedException {
    CborFields fields = new CborFields(reader, "genesis", 7);
    LogKey log = Keys.log(fields, 1);
    EncryptionPublicKey bundleKey = Keys.encryption(fields.value(3));
    DeviceKeys owner = DeviceKeys.read(fields.value(4));
    RecoveryKeys recovery = fields.has(5) ? RecoveryKeys.read(reader) : null;
    SealedName name = SealedName.read(fields.value(6));
    SealedPseudonym pseudonym = SealedPseudonym.read(fields.value(7));
    fields.end();
    return new Genesis(log, bundleKey, owner, recovery, name, pseudonym);
  }

  @Override
  public void write(CborWriter writer) {
    writer.map(recoveryOrNull == null ? 6 : 7);
    writer.uint(1).text(log.origin().text());
    writer.uint(2).bytes(log.key().bytes());
    writer.uint(3).bytes(bundleKey.bytes());
    writer.uint(4);
    owner.write(writer);
    if (recoveryOrNull != null) {
      writer.uint(5);
      recoveryOrNull.write(writer);
    }
    writer.uint(6);
    name.write(writer);
    writer.uint(7);
    pseudonym.write(writer);
  }
}
