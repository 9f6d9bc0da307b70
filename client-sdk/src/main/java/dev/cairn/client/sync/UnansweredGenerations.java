package dev.cairn.client.sync;

import dev.cairn.client.held.Fact;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
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
    return new UnansweredGenerations(
        SignedAway.read(Fact.OPENING, rows, Limits.UNANSWERED_GENERATIONS_MAX));
  }

  void write(SealedRows rows) throws CairnException {
    SignedAway.write(Fact.OPENING, rows, statements);
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
    return account.refill().isPresent() ? maybeOpened(waiting, newest) : NONE;
  }

  /**
   * Those that the server which is gone may have carried out, and that others may follow: all but
   * one for the log of the server that takes its place.
   *
   * @param newest the newest generation that this device knows to be open
   */
  UnansweredGenerations maybeOpened(LogKey log, long newest) {
    List<Statement> open = new ArrayList<>();
    for (Statement statement : statements) {
      Generation generation = (Generation) statement.content();
      if (generation.number() > newest && !generation.log().equals(log)) {
        open.add(statement);
      }
    }
    return new UnansweredGenerations(open);
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
