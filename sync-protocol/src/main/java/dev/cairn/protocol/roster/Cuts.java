package dev.cairn.protocol.roster;

import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.StatementId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which suspensions count, and what they leave standing.
 *
 * <p>Removal wins: among equals every suspension counts, also that of somebody who is suspended
 * himself, for the one who writes first must not win by cutting off his accuser. What a signer had
 * seen is not asked: he names heads as he likes, and who holds a part of the roster could not
 * answer alike. A rank above settles it: what it cuts off and does not let stand is void below,
 * with all that rests on it. Without that a stolen key could suspend everybody again and again, and
 * a stolen owner's key every owner whom the recovery key puts in place.
 *
 * <p>So what counts is a function of the set of statements, in no order; each is looked at once,
 * and each list of a suspension as often as it names something.
 */
final class Cuts {

  private final StatementIndex index;
  private final Map<Rank, Map<DeviceId, SortedMap<StatementId, Suspension>>> cuts =
      new EnumMap<>(Rank.class);
  private final Map<Rank, Authority> authorities = new EnumMap<>(Rank.class);
  private final Authority left;

  /**
   * Weighs all suspensions, rank by rank from the highest, each with the authority that the ranks
   * above have left.
   *
   * @param ever who may do what if nobody is suspended
   */
  Cuts(StatementIndex index, Authority ever) {
    this.index = index;
    Authority authority = ever;
    for (Rank rank : Rank.HIGHEST_FIRST) {
      authorities.put(rank, authority);
      List<Statement> counting = new ArrayList<>();
      for (StatementKind kind : List.of(StatementKind.REPLACEMENT, StatementKind.SUSPENSION)) {
        for (Statement statement : index.ofKind(kind)) {
          if (isOfRank(statement, rank) && letsStand(statement, rank)) {
            counting.add(statement);
          }
        }
      }
      counting.forEach(statement -> count(statement, rank));
      if (!counting.isEmpty()) {
        authority = new Authority(index, voided());
      }
    }
    left = authority;
  }

  /** Who may do what without all that suspensions made void. */
  Authority left() {
    return left;
  }

  private boolean isOfRank(Statement statement, Rank rank) {
    Authority authority = authority(rank);
    return authority.stands(statement) && authority.rank(statement) == rank;
  }

  private Authority authority(Rank rank) {
    Authority authority = authorities.get(rank);
    if (authority == null) {
      throw new IllegalStateException("rank is not weighed yet");
    }
    return authority;
  }

  private void count(Statement statement, Rank rank) {
    if (statement.content() instanceof Replacement replacement) {
      replacement.suspended().forEach(each -> add(rank, statement.id(), each));
    } else {
      add(rank, statement.id(), (Suspension) statement.content());
    }
  }

  private void add(Rank rank, StatementId statement, Suspension suspension) {
    if (!index.isRecovery(suspension.device())) {
      cuts.computeIfAbsent(rank, any -> new HashMap<>())
          .computeIfAbsent(suspension.device(), any -> new TreeMap<>())
          .put(statement, suspension);
    }
  }

  private SortedMap<StatementId, Suspension> of(Rank rank, DeviceId device) {
    return cuts.getOrDefault(rank, Map.of()).getOrDefault(device, Collections.emptySortedMap());
  }

  /** Whether a suspension has its effect, held or not. */
  boolean counts(Statement suspension) {
    for (Rank rank : Rank.HIGHEST_FIRST) {
      if (isOfRank(suspension, rank)) {
        return letsStand(suspension, rank);
      }
    }
    return false;
  }

  /** Whether no suspension of a signer by a higher rank takes the statement its force. */
  private boolean letsStand(Statement statement, Rank rank) {
    for (Rank above : Rank.HIGHEST_FIRST) {
      if (above == rank) {
        break;
      }
      if (!letsStandBy(above, statement)) {
        return false;
      }
    }
    return true;
  }

  /** Ends at the first suspension that does not list the statement: the others have listed it. */
  private boolean letsStandBy(Rank rank, Statement statement) {
    for (DeviceId signer : statement.signers()) {
      for (Suspension suspension : of(rank, signer).values()) {
        index.countStep();
        if (!suspension.letsStand(statement.id())) {
          return false;
        }
      }
    }
    return true;
  }

  boolean isSuspended(DeviceId device) {
    return cuts.values().stream().anyMatch(ofRank -> ofRank.containsKey(device));
  }

  /** The suspensions of a device that count, by statement; empty if it is not suspended. */
  SortedMap<StatementId, Suspension> suspensions(DeviceId device) {
    SortedMap<StatementId, Suspension> suspensions = new TreeMap<>();
    cuts.keySet().forEach(rank -> suspensions.putAll(of(rank, device)));
    return suspensions;
  }

  /** Whether somebody of this rank may widen a suspension of a device, if that counts. */
  boolean mayWiden(Rank rank, DeviceId device, StatementId suspension) {
    return cuts.keySet().stream()
        .noneMatch(other -> other.isAbove(rank) && of(other, device).containsKey(suspension));
  }

  /** The statements that lose their force with a device that signed them. */
  private Set<StatementId> voided() {
    Set<StatementId> voided = new HashSet<>();
    for (Map<DeviceId, SortedMap<StatementId, Suspension>> ofRank : cuts.values()) {
      for (DeviceId device : ofRank.keySet()) {
        for (Statement statement : index.signedBy(device)) {
          if (isVoid(statement)) {
            voided.add(statement.id());
          }
        }
      }
    }
    return voided;
  }

  /** Whether a statement, held or not, loses its force with a device that signed it. */
  boolean isVoid(Statement statement) {
    return statement.kind().restsOnItsSigner()
        && cuts.keySet().stream().anyMatch(rank -> !letsStandBy(rank, statement));
  }
}
