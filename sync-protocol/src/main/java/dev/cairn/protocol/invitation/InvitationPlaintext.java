package dev.cairn.protocol.invitation;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.cbor.CborFields;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.ServerAddress;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.SigningKey;
import java.util.ArrayList;
import java.util.List;

/** Reads what an invitation file says once it is open. */
final class InvitationPlaintext {

  private InvitationPlaintext() {}

  /** Makes the file of its parts, or refuses them. */
  @FunctionalInterface
  interface Check {
    InvitationFile of(
        ServerAddress address,
        SigningKey oneTimeKey,
        StatementId invitation,
        List<Statement> statements)
        throws MalformedException;
  }

  static InvitationFile read(byte[] plaintext, Check check)
      throws MalformedException, TooNewException {
    CborReader reader = CborReader.of(plaintext);
    CborFields fields = new CborFields(reader, "invitation file", 5);
    String address = fields.value(1).text(Limits.ADDRESS_SIZE_BYTES_MAX);
    Digest pin = fields.has(2) ? Digest.of(reader.bytesExactly(Digest.SIZE_BYTES)) : null;
    Secret seed = Secret.take(fields.value(3).bytesExactly(SigningKey.SEED_BYTES));
    StatementId invitation = StatementId.of(fields.value(4).bytesExactly(StatementId.SIZE_BYTES));
    List<Statement> statements = statements(fields.value(5));
    fields.end();
    reader.end();
    return check.of(
        ServerAddress.stated(address, pin), SigningKey.of(seed), invitation, statements);
  }

  private static List<Statement> statements(CborReader reader)
      throws MalformedException, TooNewException {
    int count = reader.arrayHeader(Limits.INVITATION_STATEMENTS_MAX);
    List<Statement> statements = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      statements.add(Statement.decode(reader.bytes(Limits.ROSTER_STATEMENT_SIZE_BYTES_MAX)));
    }
    return statements;
  }
}
