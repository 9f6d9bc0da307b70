package dev.cairn.simulation.audit;

import dev.cairn.protocol.id.ChangeId;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which of the changes that somebody holds are withdrawn, and by which. */
final class OwnErasures {

  private final Map<ChangeId, Set<ChangeId>> erasing = new TreeMap<>();

  private OwnErasures() {}

  /** By payloads alone, as everybody can tell who holds them. */
  static OwnErasures among(
      Map<ChangeId, ChangeFact> held, Set<ChangeId> counting, OwnRoster roster) {
    OwnErasures erasures = new OwnErasures();
    for (ChangeFact each : held.values()) {
      ChangeFact erased = each.erases == null ? null : held.get(each.erases);
      if (erased != null
          && counting.contains(each.id)
          && roster.decides(each.device)
          && !erased.opensSession()
          && erased.erases == null
          && counting.contains(erased.id)
          && each.audience.containsAll(erased.audience)) {
        erasures.erasing.computeIfAbsent(erased.id, any -> new TreeSet<>()).add(each.id);
      }
    }
    return erasures;
  }

  boolean isErased(ChangeId change) {
    return erasing.containsKey(change);
  }

  /** The changes that withdraw a change. */
  Set<ChangeId> of(ChangeId change) {
    return erasing.getOrDefault(change, Set.of());
  }
}
