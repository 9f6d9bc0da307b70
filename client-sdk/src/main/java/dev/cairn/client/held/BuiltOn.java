package dev.cairn.client.held;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.StatementKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The statements that what waits to be pushed builds on: the epochs that changes are sealed to, and
 * the heads of statements as far as the log is not known to have them. They may have come by hand,
 * in an invitation's file, in a bundle or at a meeting, and whoever signed them may never sync; or
 * a log that had them was lost.
 */
public final class BuiltOn {

  private BuiltOn() {}

  /**
   * Puts them into the outbox, each statement after what its signer had seen; to be called when a
   * server said that its log lacks them. What is next to what waits is sent whatever is known of
   * its place, for whoever said that it is in the log may have had no right to.
   *
   * @return whether there are any
   */
  public static boolean send(Holdings holdings) throws CairnException {
    Map<StatementId, Statement> all = withOutbox(holdings, true);
    if (all.size() == holdings.book().outbox().size()) {
      return false;
    }
    holdings.store().change(rows -> RosterBook.writeOutbox(rows, StatementOrder.of(all)));
    holdings.adoptOutbox();
    return true;
  }

  /**
   * Those of them that are not in the outbox, each after what its signer had seen. If they are
   * larger together than they may be, the nearest to what waits: these a log can take without what
   * stands before them, but nothing helps who lacks the epoch that a change is sealed to.
   */
  public static List<Statement> besidesOutbox(Holdings holdings, long bytesMax)
      throws CairnException {
    Map<StatementId, Statement> all = withOutbox(holdings, false);
    holdings.book().outbox().forEach(statement -> all.remove(statement.id()));
    long left = bytesMax;
    for (Statement nearest : new ArrayList<>(all.values())) {
      int size = nearest.encode().length;
      if (size <= left) {
        left -= size;
      } else {
        all.remove(nearest.id());
      }
    }
    List<Statement> besides = new ArrayList<>();
    StatementOrder.of(all).forEach(id -> besides.add(all.get(id)));
    return besides;
  }

  private static Map<StatementId, Statement> withOutbox(Holdings holdings, boolean doubting)
      throws CairnException {
    Map<StatementId, Statement> all = new LinkedHashMap<>();
    Deque<Statement> open = new ArrayDeque<>(holdings.book().outbox());
    open.addAll(sealedTo(holdings));
    Set<StatementId> waiting = new HashSet<>();
    open.forEach(statement -> waiting.add(statement.id()));
    while (!open.isEmpty()) {
      Statement next = open.remove();
      if (all.putIfAbsent(next.id(), next) == null) {
        boolean doubts = doubting && waiting.contains(next.id());
        for (StatementId head : next.heads()) {
          Optional<Statement> before = holdings.roster().statement(head);
          if (before.isPresent() && isLacking(holdings, before.get(), doubts)) {
            open.add(before.get());
          }
        }
      }
    }
    return all;
  }

  /**
   * The epochs that the changes which wait are sealed to, whatever is known of their place: by
   * stick alone nobody would ever hear that the log lacks them.
   */
  private static List<Statement> sealedTo(Holdings holdings) throws CairnException {
    Set<StatementId> epochs =
        holdings
            .store()
            .read(
                rows -> {
                  Set<StatementId> found = new LinkedHashSet<>();
                  long from = 1 + Progress.read(rows).receivedThrough();
                  OwnChanges.each(
                      rows,
                      from,
                      change ->
                          change
                              .prefix()
                              .openings()
                              .forEach(to -> found.add(StatementId.of(to.epoch().bytes()))));
                  return found;
                });
    List<Statement> lacking = new ArrayList<>();
    for (StatementId epoch : epochs) {
      Optional<Statement> statement = holdings.roster().statement(epoch);
      if (statement.isPresent() && isLacking(holdings, statement.get(), true)) {
        lacking.add(statement.get());
      }
    }
    return lacking;
  }

  private static boolean isLacking(Holdings holdings, Statement statement, boolean doubting)
      throws CairnException {
    return statement.kind() != StatementKind.GENESIS
        && (doubting
            || !holdings
                .store()
                .read(rows -> RosterBook.position(rows, statement.id()).isPresent()));
  }
}
