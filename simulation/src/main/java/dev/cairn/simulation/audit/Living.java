package dev.cairn.simulation.audit;

import dev.cairn.protocol.id.ChangeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What those who are in could hand to a log that lacks it: a change with its body, and all that it
 * continues is there as well, or in the log.
 */
final class Living {

  private final Set<ChangeId> held = new HashSet<>();

  /**
   * Looks at what is held.
   *
   * @param roster by the log that may lack something
   */
  Living(List<HolderFact> holders, LedgerFact ledger, OwnRoster roster) {
    List<ChangeFact> all = new ArrayList<>();
    for (HolderFact holder : holders) {
      if (roster.authority().isIn(holder.device) && !roster.isSuspended(holder.device)) {
        for (HeldFact each : holder.order) {
          ChangeFact change = each.change();
          if ((each.hasBody() || change.opensSession() || holder.erasures().isErased(change.id))
              && !roster.isSuspended(change.device)) {
            all.add(change);
          }
        }
      }
    }
    all.sort(Comparator.comparingLong(change -> change.sequence));
    for (ChangeFact change : all) {
      boolean follows =
          change.continued().stream()
              .allMatch(each -> held.contains(each) || ledger.changes.containsKey(each));
      if (follows) {
        held.add(change.id);
      }
    }
  }

  /** Whether somebody can hand it in. */
  boolean hold(ChangeId change) {
    return held.contains(change);
  }
}
