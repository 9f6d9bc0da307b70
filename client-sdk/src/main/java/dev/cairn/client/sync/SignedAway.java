package dev.cairn.client.sync;

import dev.cairn.client.held.Fact;
import dev.cairn.client.held.StoredForm;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.Statement;
import java.util.ArrayList;
import java.util.List;

/** Statements signed here that a server may have heard, kept beside the roster in a row. */
final class SignedAway {

  private SignedAway() {}

  /** The statements of a row; none if it is not there. */
  static List<Statement> read(Fact fact, SealedRows rows, int countMax) throws CairnException {
    byte[] row = fact.get(rows);
    return row == null
        ? List.of()
        : StoredForm.read("signed statements", row, reader -> read(reader, countMax));
  }

  private static List<Statement> read(CborReader reader, int countMax) throws CairnException {
    int count = reader.arrayHeader(countMax);
    List<Statement> statements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      statements.add(Statement.decode(reader.bytes(Limits.ROSTER_STATEMENT_SIZE_BYTES_MAX)));
    }
    return statements;
  }

  static void write(Fact fact, SealedRows rows, List<Statement> statements) throws CairnException {
    CborWriter writer = new CborWriter().array(statements.size());
    statements.forEach(statement -> writer.bytes(statement.encode()));
    fact.put(rows, writer.toBytes());
  }
}
