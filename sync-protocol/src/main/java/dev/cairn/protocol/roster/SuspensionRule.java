package dev.cairn.protocol.roster;

import dev.cairn.protocol.id.ChangeId;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Which changes of a suspended device count: those that lie, for every list, among its changes or
 * the changes these continue. An empty list leaves none.
 *
 * @param lastGood a list for each suspension that bounds changes; with none every change counts
 */
public record SuspensionRule(List<Set<ChangeId>> lastGood) {

  /** Keeps its own copies. */
  public SuspensionRule {
    lastGood = List.copyOf(lastGood);
  }

  /**
   * Whether a change counts.
   *
   * @param change a change of the device
   * @param historyOf all that a change continues in its feed, itself included; empty if not held
   */
  public boolean counts(ChangeId change, Function<ChangeId, Set<ChangeId>> historyOf) {
    for (Set<ChangeId> list : lastGood) {
      if (!list.contains(change)
          && list.stream().noneMatch(last -> historyOf.apply(last).contains(change))) {
        return false;
      }
    }
    return true;
  }
}
