package dev.cairn.protocol.roster;

import dev.cairn.protocol.id.StatementId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which statements had been seen by which: the graph of the heads they name. What is not held
 * counts as not seen. An id is a hash of all that it continues, so there are no circles in the
 * graph.
 */
final class Ancestry {

  private final Map<StatementId, Statement> held;

  Ancestry(Map<StatementId, Statement> held) {
    this.held = held;
  }

  /** The statements among these that are held, and all that they had seen. */
  Set<StatementId> seenFrom(Collection<StatementId> heads) {
    Set<StatementId> seen = new HashSet<>();
    Deque<StatementId> left = new ArrayDeque<>(heads);
    while (!left.isEmpty()) {
      StatementId next = left.pop();
      Statement statement = held.get(next);
      if (statement != null && seen.add(next)) {
        left.addAll(statement.heads());
      }
    }
    return seen;
  }

  /** The statements that had seen one of these. */
  Set<StatementId> after(Collection<StatementId> some) {
    Set<StatementId> after = new HashSet<>();
    if (some.isEmpty()) {
      return after;
    }
    Set<StatementId> first = new HashSet<>(some);
    for (Statement statement : oldestFirst()) {
      for (StatementId head : statement.heads()) {
        if (first.contains(head) || after.contains(head)) {
          after.add(statement.id());
        }
      }
    }
    return after;
  }

  /** All held statements, each after every one that it had seen. */
  List<Statement> oldestFirst() {
    Map<StatementId, List<Statement>> followers = new HashMap<>();
    Map<StatementId, Integer> waitsFor = new HashMap<>();
    Deque<Statement> ready = new ArrayDeque<>();
    for (Statement statement : held.values()) {
      int waits = 0;
      for (StatementId head : statement.heads()) {
        if (held.containsKey(head)) {
          followers.computeIfAbsent(head, any -> new ArrayList<>()).add(statement);
          waits++;
        }
      }
      waitsFor.put(statement.id(), waits);
      if (waits == 0) {
        ready.add(statement);
      }
    }
    List<Statement> ordered = new ArrayList<>(held.size());
    while (!ready.isEmpty()) {
      Statement next = ready.pop();
      ordered.add(next);
      for (Statement follower : followers.getOrDefault(next.id(), List.of())) {
        if (waitsFor.merge(follower.id(), -1, Integer::sum) == 0) {
          ready.add(follower);
        }
      }
    }
    return ordered;
  }
}
