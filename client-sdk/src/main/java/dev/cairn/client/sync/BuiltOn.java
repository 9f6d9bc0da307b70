package dev.cairn.client.sync;

import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.RosterBook;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.StatementKind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The statements that those which wait to be pushed build on, and which the log is not known to
 * have: they came by hand, in an invitation's file, in a bundle or at a meeting, and whoever signed
 * them may never sync.
 */
final class BuiltOn {

  private BuiltOn() {}

  /**
   * Puts them into the outbox, each statement after what its signer had seen.
   *
   * @return whether there are any
   */
  static boolean send(Holdings holdings) throws CairnException {
    Map<StatementId, Statement> all = new LinkedHashMap<>();
    Deque<Statement> open = new ArrayDeque<>(holdings.book().outbox());
    int waiting = open.size();
    while (!open.isEmpty()) {
      Statement next = open.remove();
      if (all.putIfAbsent(next.id(), next) == null) {
        for (StatementId head : next.heads()) {
          Optional<Statement> before = holdings.roster().statement(head);
          if (before.isPresent() && !isLogged(holdings, before.get())) {
            open.add(before.get());
          }
        }
      }
    }
    if (all.size() == waiting) {
      return false;
    }
    holdings.store().change(rows -> RosterBook.writeOutbox(rows, NewGeneration.inOrder(all)));
    holdings.adoptOutbox();
    return true;
  }

  private static boolean isLogged(Holdings holdings, Statement statement) throws CairnException {
    return statement.kind() == StatementKind.GENESIS
        || holdings.store().read(rows -> RosterBook.position(rows, statement.id()).isPresent());
  }
}
