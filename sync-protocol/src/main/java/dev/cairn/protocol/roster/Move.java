package dev.cairn.protocol.roster;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborFields;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import java.util.List;
import java.util.function.Function;

/**
 * An owner says where the space's server is from now on.
 *
 * @param address where it is reached
 * @param log the log it keeps; if that is another than before, a generation statement opens it
 * @param bundleKey its key, which bundles for it are sealed to
 * @param superseded earlier moves that this one replaces, ascending
 */
public record Move(
    ServerAddress address, LogKey log, EncryptionPublicKey bundleKey, List<StatementId> superseded)
    implements StatementContent {

  private static final String SUPERSEDED = "superseded moves";

  /** Refuses a list that is too long or out of order. */
  public Move {
    superseded =
        Ascending.checked(SUPERSEDED, superseded, Limits.SUPERSEDED_MAX, Function.identity());
  }

  @Override
  public StatementKind kind() {
    return StatementKind.MOVE;
  }

  static Move read(CborReader reader) throws MalformedException {
    CborFields fields = new CborFields(reader, "move", 6);
    String text = ServerAddress.readText(fields.value(1));
    Digest pin = null;
    if (fields.value(2).nextIsNull()) {
      reader.nul();
    } else {
      pin = Digest.of(reader.bytesExactly(Digest.SIZE_BYTES));
    }
    LogKey log = Keys.log(fields, 3);
    EncryptionPublicKey bundleKey = Keys.encryption(fields.value(5));
    List<StatementId> superseded =
        Ascending.read(
            fields.value(6),
            SUPERSEDED,
            Limits.SUPERSEDED_MAX,
            Keys::statement,
            Function.identity());
    fields.end();
    return new Move(ServerAddress.stated(text, pin), log, bundleKey, superseded);
  }

  @Override
  public void write(CborWriter writer) {
    writer.map(6);
    writer.uint(1).text(address.text());
    writer.uint(2);
    Digest pin = address.pinOrNull();
    if (pin == null) {
      writer.nul();
    } else {
      writer.bytes(pin.bytes());
    }
    writer.uint(3).text(log.origin().text());
    writer.uint(4).bytes(log.key().bytes());
    writer.uint(5).bytes(bundleKey.bytes());
    writer.uint(6);
    Ascending.write(writer, superseded, StatementId::bytes);
  }
}
