package dev.cairn.protocol.roster;

import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.StatementId;
import java.util.ArrayList;
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
 * <p>Removal wins: a coordinator's suspension counts even if he is suspended himself at the same
 * time, for the one who writes first must not win by cutting off his accuser. It does not count if
 * he, or somebody his power rests on, had seen his own suspension ({@link Weighing}); nor if
 * somebody of higher rank (the recovery key above owners, owners above coordinators) suspended him
 * and does not let it stand, or made void what his power rests on. Without that last rule a stolen
 * key could suspend everybody again and again with statements that claim to be old, and a stolen
 * owner's key every owner whom the recovery key puts in place.
 */
final class Cuts {

  private static final int COORDINATOR = 0;
  private static final int OWNER = 1;
  private static final int RECOVERY = 2;

  private final StatementIndex index;
  private final Set<StatementId> counting = new HashSet<>();
  private final Map<DeviceId, List<Cut>> cuts = new HashMap<>();

  private record Cut(StatementId statement, Suspension suspension) {}

  /**
   * Weighs all suspensions: rank by rank from the highest, each with the authority that the ranks
   * above have left, and within a rank the older before the younger.
   */
  Cuts(StatementIndex index) {
    this.index = index;
    List<Statement> oldestFirst = index.ancestry().oldestFirst();
    for (int rank = RECOVERY; rank >= COORDINATOR; rank--) {
      Set<StatementId> voided = voided();
      Authority authority = new Authority(index, voided);
      List<Statement> suspensions = new ArrayList<>();
      for (Statement statement : oldestFirst) {
        if (isOfRank(statement, rank, authority)) {
          if (statement.content() instanceof Replacement replacement) {
            replace(statement, replacement);
          } else {
            suspensions.add(statement);
          }
        }
      }
      List<Statement> counted =
          rank == RECOVERY
              ? suspensions
              : new Weighing(index, this, authority, voided, suspensions).counting();
      counted.forEach(this::count);
    }
  }

  private boolean isOfRank(Statement statement, int rank, Authority authority) {
    if (statement.kind() == StatementKind.REPLACEMENT) {
      return rank == RECOVERY && authority.stands(statement);
    }
    if (statement.kind() != StatementKind.SUSPENSION || !authority.stands(statement)) {
      return false;
    }
    if (index.isSignedByRecovery(statement)) {
      return rank == RECOVERY;
    }
    return rank == (authority.isOwner(statement.signer()) ? OWNER : COORDINATOR);
  }

  private void replace(Statement statement, Replacement replacement) {
    counting.add(statement.id());
    for (Suspension suspension : replacement.suspended()) {
      add(new Cut(statement.id(), suspension));
    }
  }

  private void count(Statement statement) {
    counting.add(statement.id());
    add(new Cut(statement.id(), (Suspension) statement.content()));
  }

  private void add(Cut cut) {
    cuts.computeIfAbsent(cut.suspension().device(), any -> new ArrayList<>()).add(cut);
  }

  private List<Cut> of(DeviceId device) {
    return cuts.getOrDefault(device, List.of());
  }

  /** Whether a suspension or replacement has its effect. */
  boolean counts(StatementId statement) {
    return counting.contains(statement);
  }

  boolean isSuspended(DeviceId device) {
    return cuts.containsKey(device);
  }

  /** The suspensions of a device that count, by statement; empty if it is not suspended. */
  SortedMap<StatementId, Suspension> suspensions(DeviceId device) {
    SortedMap<StatementId, Suspension> suspensions = new TreeMap<>();
    of(device).forEach(cut -> suspensions.put(cut.statement(), cut.suspension()));
    return suspensions;
  }

  Set<DeviceId> suspendedDevices() {
    return cuts.keySet();
  }

  /** The statements that lose their force with the device that signed them. */
  Set<StatementId> voided() {
    Set<StatementId> voided = new HashSet<>();
    cuts.forEach(
        (device, ofDevice) -> {
          for (Statement statement : index.signedBy(device)) {
            if (statement.kind().restsOnItsSigner() && !letStand(statement.id(), ofDevice)) {
              voided.add(statement.id());
            }
          }
        });
    return voided;
  }

  /** Whether a statement keeps its force as far as the suspensions of its signer go. */
  boolean letsStand(DeviceId signer, StatementId statement) {
    return letStand(statement, of(signer));
  }

  private static boolean letStand(StatementId statement, List<Cut> cuts) {
    for (Cut cut : cuts) {
      if (!cut.suspension().letsStand(statement)) {
        return false;
      }
    }
    return true;
  }
}
