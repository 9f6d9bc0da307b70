package dev.cairn.simulation.audit;

import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.StatementId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who was taken out of a circle, by the auditor's account: an epoch follows others and does not
 * name somebody whom one of those names; and nobody put him back who had all such epochs behind
 * him.
 */
final class OwnLeaving {

  private final Map<StatementId, StatementFact> ever;
  private final Map<CircleId, List<StatementFact>> standing;

  /**
   * Of all circles.
   *
   * @param ever every epoch whose signer had the right to it once
   * @param standing those that have force
   */
  OwnLeaving(Map<StatementId, StatementFact> ever, Map<CircleId, List<StatementFact>> standing) {
    this.ever = ever;
    this.standing = standing;
  }

  boolean hasLeft(DeviceId device, CircleId circle) {
    List<StatementFact> epochs = standing.getOrDefault(circle, List.of());
    Set<StatementId> without = new HashSet<>();
    for (StatementFact each : epochs) {
      if (!names(each, device) && before(each).stream().anyMatch(it -> names(it, device))) {
        without.add(each.id);
      }
    }
    return !without.isEmpty()
        && epochs.stream()
            .noneMatch(each -> names(each, device) && allBefore(each).containsAll(without));
  }

  private static boolean names(StatementFact epoch, DeviceId device) {
    return OwnRoster.members(epoch).contains(device);
  }

  /** The epochs of its own circle that an epoch says it follows. */
  private List<StatementFact> before(StatementFact epoch) {
    List<StatementFact> before = new ArrayList<>();
    for (StatementId id : StatementFact.ids(epoch.content.get(5))) {
      StatementFact earlier = ever.get(id);
      if (earlier != null && circle(earlier).equals(circle(epoch))) {
        before.add(earlier);
      }
    }
    return before;
  }

  private Set<StatementId> allBefore(StatementFact epoch) {
    Set<StatementId> found = new HashSet<>();
    List<StatementFact> left = new ArrayList<>(before(epoch));
    while (!left.isEmpty()) {
      StatementFact next = left.remove(left.size() - 1);
      if (found.add(next.id)) {
        left.addAll(before(next));
      }
    }
    return found;
  }

  private static CircleId circle(StatementFact epoch) {
    return CircleId.of(epoch.content.get(1).bytes());
  }
}
