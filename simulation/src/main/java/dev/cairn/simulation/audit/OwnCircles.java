package dev.cairn.simulation.audit;

import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.EpochId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What is said to single devices, and under which of their keys. A device destroys a key a month
 * after its successor was in the log; what stands in the log before that successor it has read by
 * then, and what comes after it, from somebody who had not heard, it may not be able to open.
 */
final class OwnCircles {

  private final LedgerFact ledger;
  private final Map<CircleId, Map<EpochId, Long>> replacedAt = new HashMap<>();
  private final Map<String, Set<EpochId>> openings = new HashMap<>();
  private boolean wasOpenedAnew;

  OwnCircles(LedgerFact ledger) {
    this.ledger = ledger;
    for (LedgerFact.Leaf leaf : ledger.leaves) {
      StatementFact statement = leaf.statement();
      if (statement != null && statement.kind == StatementFact.EPOCH) {
        CircleId circle = CircleId.of(statement.content.get(1).bytes());
        Map<EpochId, Long> replaced = replacedAt.computeIfAbsent(circle, any -> new HashMap<>());
        StatementFact.ids(statement.content.get(5))
            .forEach(id -> replaced.putIfAbsent(EpochId.of(id.bytes()), leaf.position()));
      }
      wasOpenedAnew |= statement != null && statement.kind == StatementFact.GENERATION;
      ChangeFact change = leaf.change();
      if (change != null && !change.openings.isEmpty()) {
        openings.computeIfAbsent(session(change), any -> new HashSet<>()).addAll(change.openings);
      }
    }
  }

  private static String session(ChangeFact change) {
    return change.device + " " + change.session;
  }

  /**
   * Whether a change to a device came after the successor of the key it was sealed to. In a log
   * that was opened anew things stand in the order in which they were brought again.
   */
  boolean isLate(DeviceId device, ChangeFact change, long position) {
    CircleId own = OwnRoster.ownCircle(device);
    Map<EpochId, Long> replaced = replacedAt.getOrDefault(own, Map.of());
    return change.audience.contains(own)
        && openings.getOrDefault(session(change), Set.of()).stream()
            .anyMatch(
                epoch ->
                    replaced.containsKey(epoch)
                        && (wasOpenedAnew || replaced.get(epoch) < position));
  }

  /** Whether there is such a change. */
  boolean hasLateWords(DeviceId device) {
    return ledger.leaves.stream()
        .anyMatch(
            leaf -> {
              ChangeFact change = leaf.change();
              return change != null && isLate(device, change, leaf.position());
            });
  }
}
