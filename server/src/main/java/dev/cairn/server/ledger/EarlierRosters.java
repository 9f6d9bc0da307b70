package dev.cairn.server.ledger;

import dev.cairn.protocol.roster.RosterState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The rosters of a space as they were when it had fewer statements, the last few that were asked
 * for: many phones ask about the same one after each other. Statements are only ever added, so how
 * many there were says which. Safe for use by several threads; one of them folds, the others wait.
 */
final class EarlierRosters {

  private static final int KEPT_MAX = 2;

  private final Map<Integer, RosterState> byStatements =
      new LinkedHashMap<>(KEPT_MAX, 1, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, RosterState> eldest) {
          return size() > KEPT_MAX;
        }
      };

  /** The roster of the first so many statements. */
  synchronized RosterState of(int statements, Supplier<RosterState> fold) {
    RosterState known = byStatements.get(statements);
    if (known == null) {
      known = fold.get();
      byStatements.put(statements, known);
    }
    return known;
  }
}
