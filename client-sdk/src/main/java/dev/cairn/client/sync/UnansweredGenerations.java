package dev.cairn.client.sync;

import dev.cairn.client.held.Fact;
import dev.cairn.client.held.StoredForm;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.http.LogAccount;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.roster.Generation;
import dev.cairn.protocol.roster.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Statements of generations that this owner signed and heard no answer to, each after the one
 * before. They are kept beside the roster: nobody may ever have carried one out, and a server may
 * yet go on with the log it has, so this device follows none of them before a server says so.
 * Immutable.
 */
final class UnansweredGenerations {

  /** None at all. */
  static final UnansweredGenerations NONE = new UnansweredGenerations(List.of());

  private final List<Statement> statements;

  private UnansweredGenerations(List<Statement> statements) {
    this.statements = List.copyOf(statements);
  }

  static UnansweredGenerations read(SealedRows rows) throws CairnException {
    byte[] row = Fact.OPENING.get(rows);
    return row == null ? NONE : StoredForm.read("opening", row, UnansweredGenerations::read);
  }

  private static UnansweredGenerations read(CborReader reader) throws CairnException {
    int count = reader.arrayHeader(Limits.UNANSWERED_GENERATIONS_MAX);
    List<Statement> statements = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      statements.add(Statement.decode(reader.bytes(Limits.ROSTER_STATEMENT_SIZE_BYTES_MAX)));
    }
    return new UnansweredGenerations(statements);
  }

  void write(SealedRows rows) throws CairnException {
    CborWriter writer = new CborWriter().array(statements.size());
    statements.forEach(statement -> writer.bytes(statement.encode()));
    Fact.OPENING.put(rows, writer.toBytes());
  }

  List<Statement> statements() {
    return statements;
  }

  /**
   * Those that a server may have carried out and lost, and that others may follow. Only one that
   * says it was restored can have; and it has another log ready since then.
   *
   * @param newest the newest generation that this device knows to be open
   */
  UnansweredGenerations maybeLost(LogAccount account, LogKey waiting, long newest) {
    List<Statement> lost = new ArrayList<>();
    if (account.refill().isPresent()) {
      for (Statement statement : statements) {
        Generation generation = (Generation) statement.content();
        if (generation.number() > newest && !generation.log().equals(waiting)) {
          lost.add(statement);
        }
      }
    }
    return new UnansweredGenerations(lost);
  }

  /**
   * With one more.
   *
   * @throws RefusedException {@code generation.unanswered} if there are too many already
   */
  UnansweredGenerations and(Statement statement) throws RefusedException {
    if (statements.size() >= Limits.UNANSWERED_GENERATIONS_MAX) {
      throw new RefusedException(
          "generation.unanswered",
          "too many generations were signed here of which nobody knows whether they were opened:"
              + " let a device that followed the last one sync first");
    }
    List<Statement> more = new ArrayList<>(statements);
    more.add(statement);
    return new UnansweredGenerations(more);
  }
}
