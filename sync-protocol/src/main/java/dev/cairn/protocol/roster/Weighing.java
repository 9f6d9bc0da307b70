package dev.cairn.protocol.roster;

import dev.cairn.protocol.id.DeviceId;
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
 * Which suspensions of one rank count, beside each other and under those of the ranks above.
 *
 * <p>A suspension does not count if its signer had seen that he was cut off, nor if what his power
 * rests on was made by somebody who had: else one who is cut off would let in a key that has seen
 * nothing, and cut everybody off with that.
 *
 * <p>Whether one counts may hang on whether others do. They are asked first, the older of all
 * before the younger; where statements that claim to be old make that go round in a circle, one
 * that is being asked about already does not count for the one that asks.
 */
final class Weighing {

  /** Suspensions asked about inside one another: more is made on purpose. */
  private static final int DEPTH_MAX = 100;

  private final StatementIndex index;
  private final Cuts above;
  private final Authority authority;
  private final Set<StatementId> voided;
  private final List<Statement> candidates;
  private final Map<DeviceId, List<Statement>> byTarget = new HashMap<>();
  private final Map<StatementId, Boolean> judged = new HashMap<>();
  private final Map<StatementId, Boolean> late = new HashMap<>();
  private final Map<StatementId, List<Statement>> confirmations = new HashMap<>();
  private final Map<Set<StatementId>, Authority> without = new HashMap<>();
  private int depth;

  /**
   * Weighs.
   *
   * @param above the suspensions of higher rank that count
   * @param authority what those have left
   * @param voided what those have made void
   * @param candidates suspensions of this rank, oldest first
   */
  Weighing(
      StatementIndex index,
      Cuts above,
      Authority authority,
      Set<StatementId> voided,
      List<Statement> candidates) {
    this.index = index;
    this.above = above;
    this.authority = authority;
    this.voided = voided;
    this.candidates = candidates;
    for (Statement candidate : candidates) {
      byTarget
          .computeIfAbsent(content(candidate).device(), any -> new ArrayList<>())
          .add(candidate);
    }
    for (Statement statement : index.ofKind(StatementKind.CONFIRMATION)) {
      confirmations
          .computeIfAbsent(
              ((Confirmation) statement.content()).admission(), any -> new ArrayList<>())
          .add(statement);
    }
  }

  private static Suspension content(Statement suspension) {
    return (Suspension) suspension.content();
  }

  /** Those that count, oldest first. */
  List<Statement> counting() {
    List<Statement> counting = new ArrayList<>();
    for (Statement candidate : candidates) {
      if (counts(candidate)) {
        counting.add(candidate);
      }
    }
    return counting;
  }

  private boolean counts(Statement candidate) {
    Boolean known = judged.get(candidate.id());
    if (known != null || depth > DEPTH_MAX) {
      return known != null && known;
    }
    depth++;
    judged.put(candidate.id(), false);
    DeviceId signer = candidate.signer();
    boolean counts =
        above.letsStand(signer, candidate.id())
            && !hadSeenItsCut(candidate, false)
            && isEmpowered(signer);
    judged.put(candidate.id(), counts);
    depth--;
    return counts;
  }

  /** Whether the signer had seen that he is cut off, by somebody who does not let this stand. */
  private boolean hadSeenItsCut(Statement statement, boolean exceptIfLeftStanding) {
    DeviceId signer = statement.signer();
    List<Statement> same = byTarget.getOrDefault(signer, List.of());
    Collection<StatementId> higher = above.suspensions(signer).keySet();
    if (same.isEmpty() && higher.isEmpty()) {
      return false;
    }
    Set<StatementId> seen = index.ancestry().ancestors(statement);
    if (!exceptIfLeftStanding && higher.stream().anyMatch(seen::contains)) {
      return true;
    }
    for (Statement cut : same) {
      boolean leftStanding = exceptIfLeftStanding && content(cut).letsStand(statement.id());
      if (seen.contains(cut.id()) && !leftStanding && counts(cut)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the device still coordinates without what was signed by those who knew better. */
  private boolean isEmpowered(DeviceId device) {
    Set<StatementId> fallen = new HashSet<>();
    for (Statement support : supportsOf(device)) {
      if (isLate(support)) {
        fallen.add(support.id());
      }
    }
    return fallen.isEmpty()
        || without.computeIfAbsent(fallen, this::authorityWithout).isCoordinator(device);
  }

  private boolean isLate(Statement support) {
    Boolean known = late.get(support.id());
    if (known == null) {
      known = hadSeenItsCut(support, true);
      late.put(support.id(), known);
    }
    return known;
  }

  private Authority authorityWithout(Set<StatementId> fallen) {
    Set<StatementId> all = new HashSet<>(voided);
    all.addAll(fallen);
    return new Authority(index, all);
  }

  /** The invitations and confirmations that a device's power rests on, one way or another. */
  private List<Statement> supportsOf(DeviceId device) {
    List<Statement> supports = new ArrayList<>();
    Set<DeviceId> met = new HashSet<>();
    Deque<DeviceId> left = new ArrayDeque<>();
    left.add(device);
    while (!left.isEmpty()) {
      DeviceId next = left.pop();
      if (!met.add(next) || authority.isOwner(next)) {
        continue;
      }
      for (Statement admission : authority.admissions().getOrDefault(next, List.of())) {
        List<Statement> of = new ArrayList<>(confirmations.getOrDefault(admission.id(), List.of()));
        of.add(authority.invitationStatement(admission));
        for (Statement support : of) {
          if (authority.stands(support)) {
            supports.add(support);
            left.add(support.signer());
          }
        }
      }
    }
    return supports;
  }
}
