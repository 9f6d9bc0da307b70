package dev.cairn.client.held;

import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.roster.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** In which order statements are handed to who lacks them. */
public final class StatementOrder {

  private StatementOrder() {}

  /** Each after those of them that it names as seen. */
  public static List<StatementId> of(Map<StatementId, Statement> statements) {
    Set<StatementId> done = new HashSet<>();
    List<StatementId> order = new ArrayList<>();
    Deque<StatementId> open = new ArrayDeque<>();
    for (StatementId start : statements.keySet()) {
      open.push(start);
      while (!open.isEmpty()) {
        StatementId next = open.peek();
        List<StatementId> before = waitingFor(statements, next, done);
        if (before.isEmpty()) {
          open.pop();
          if (done.add(next)) {
            order.add(next);
          }
        } else {
          before.forEach(open::push);
        }
      }
    }
    return order;
  }

  private static List<StatementId> waitingFor(
      Map<StatementId, Statement> statements, StatementId of, Set<StatementId> done) {
    List<StatementId> before = new ArrayList<>();
    Statement statement = statements.get(of);
    if (statement != null && !done.contains(of)) {
      for (StatementId head : statement.heads()) {
        if (statements.containsKey(head) && !done.contains(head)) {
          before.add(head);
        }
      }
    }
    return before;
  }
}
