package dev.cairn.protocol.roster;

import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.id.StatementId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who may do what if some statements are void: the least fixpoint from genesis outwards. Every step
 * only adds, so the order of steps does not matter, and power that rests on itself never begins.
 */
final class Authority {

  private final StatementIndex index;
  private final Set<StatementId> voided;
  private final Set<DeviceId> owners = new HashSet<>();
  private final Set<DeviceId> coordinators = new HashSet<>();
  private final Set<StatementId> invitations = new HashSet<>();
  private final Set<StatementId> confirmed = new HashSet<>();
  private final Map<StatementId, Statement> admissions = new TreeMap<>();
  private final Map<DeviceId, List<Statement>> admissionsOf = new HashMap<>();
  private final Map<CircleId, DeviceId> ownCircles = new HashMap<>();
  private final Set<DeviceId> firsts = new HashSet<>();
  private final Set<DeviceId> replacing = new HashSet<>();
  private final Deque<DeviceId> newCoordinators = new ArrayDeque<>();

  /** Works out who may do what when these statements have no force. */
  Authority(StatementIndex index, Set<StatementId> voided) {
    this.index = index;
    this.voided = voided;
    index.genesisContent().ifPresent(genesis -> own(genesis.owner().device()));
    for (Statement replacement : index.ofKind(StatementKind.REPLACEMENT)) {
      if (index.isSignedByRecovery(replacement)) {
        DeviceId device = ((Replacement) replacement.content()).owner().device();
        replacing.add(device);
        own(device);
      }
    }
    while (!newCoordinators.isEmpty()) {
      index.signedBy(newCoordinators.pop()).forEach(this::obey);
    }
  }

  private void own(DeviceId device) {
    owners.add(device);
    ownCircles.put(Circles.device(device), device);
    coordinate(device);
  }

  private void coordinate(DeviceId device) {
    if (coordinators.add(device)) {
      newCoordinators.add(device);
    }
  }

  private void obey(Statement statement) {
    index.countStep();
    if (voided.contains(statement.id())) {
      return;
    }
    if (statement.content() instanceof Invitation invitation && invitations.add(statement.id())) {
      for (Statement admission : index.admissionsUnder(statement.id())) {
        index.countStep();
        if (admission.signers().contains(invitation.oneTimeKey())) {
          admit(admission);
        }
      }
    } else if (statement.content() instanceof Confirmation confirmation) {
      confirm(confirmation);
    }
  }

  private void admit(Statement statement) {
    DeviceId device = ((Admission) statement.content()).keys().device();
    if (admissions.put(statement.id(), statement) == null) {
      admissionsOf.computeIfAbsent(device, any -> new ArrayList<>()).add(statement);
      ownCircles.put(Circles.device(device), device);
      if (!invitation(statement).member().isPresent()) {
        firsts.add(device);
      }
      promote(statement);
    }
  }

  private void confirm(Confirmation confirmation) {
    Statement statement = index.all().get(confirmation.admission());
    if (statement != null
        && statement.content() instanceof Admission admission
        && admission.keys().device().equals(confirmation.device())
        && confirmed.add(statement.id())) {
      promote(statement);
    }
  }

  private void promote(Statement admission) {
    if (admissions.containsKey(admission.id())
        && confirmed.contains(admission.id())
        && role(admission).coordinates()) {
      coordinate(((Admission) admission.content()).keys().device());
    }
  }

  /** The role that an admission gives once it is confirmed. */
  Role role(Statement admission) {
    return invitation(admission).role();
  }

  /** The invitation of an admission that was let in. */
  Invitation invitation(Statement admission) {
    return (Invitation) invitationStatement(admission).content();
  }

  /** The statement that holds it. */
  Statement invitationStatement(Statement admission) {
    Statement statement = index.all().get(((Admission) admission.content()).invitation());
    if (statement == null) {
      throw new IllegalArgumentException("admission without its invitation");
    }
    return statement;
  }

  Set<DeviceId> coordinators() {
    return coordinators;
  }

  boolean isOwner(DeviceId device) {
    return owners.contains(device);
  }

  boolean isCoordinator(DeviceId device) {
    return coordinators.contains(device);
  }

  boolean isConfirmed(StatementId admission) {
    return confirmed.contains(admission);
  }

  /** Whether the device is in: by genesis, a replacement or an admission. */
  boolean isIn(DeviceId device) {
    return isOwner(device) || admissionsOf.containsKey(device);
  }

  /** Every admission that was let in, by device. */
  Map<DeviceId, List<Statement>> admissions() {
    return admissionsOf;
  }

  /**
   * Whether the statement has force, held or not, suspensions apart: those are weighed by {@link
   * Cuts}.
   */
  boolean stands(Statement statement) {
    if (voided.contains(statement.id())) {
      return false;
    }
    return switch (statement.kind()) {
      case GENESIS -> true;
      case ADMISSION -> letsIn(statement, (Admission) statement.content());
      case REPLACEMENT -> index.isSignedByRecovery(statement);
      case INVITATION, CONFIRMATION -> isCoordinator(statement.signer());
      case SUSPENSION -> maySuspend(statement, ((Suspension) statement.content()).device());
      case RELEASE -> mayRelease(statement, ((Release) statement.content()).device());
      case EPOCH -> mayOpen((Epoch) statement.content(), statement.signer());
      case GRANT ->
          isCoordinator(statement.signer())
              && !ownCircles.containsKey(((Grant) statement.content()).circle());
      case MOVE, GENERATION -> isOwner(statement.signer());
      case NEWER -> false;
    };
  }

  private boolean letsIn(Statement statement, Admission admission) {
    Statement invitation = index.all().get(admission.invitation());
    return invitations.contains(admission.invitation())
        && invitation != null
        && statement.signers().contains(((Invitation) invitation.content()).oneTimeKey());
  }

  /** The recovery key is cut off by nobody: it is what is left when all else was taken. */
  private boolean maySuspend(Statement statement, DeviceId target) {
    if (index.isRecovery(target)) {
      return false;
    }
    return index.isSignedByRecovery(statement)
        || (isOwner(target) ? isOwner(statement.signer()) : isCoordinator(statement.signer()));
  }

  /** Whether a device may cut another off. */
  boolean maySuspend(DeviceId signer, DeviceId target) {
    return !index.isRecovery(target) && (isOwner(target) ? isOwner(signer) : isCoordinator(signer));
  }

  private boolean mayRelease(Statement statement, DeviceId device) {
    return !statement.signers().contains(device) && maySuspend(statement, device);
  }

  /** Whose word a suspension is. */
  Rank rank(Statement statement) {
    if (index.isSignedByRecovery(statement)) {
      return Rank.RECOVERY;
    }
    return isOwner(statement.signer()) ? Rank.OWNER : Rank.COORDINATOR;
  }

  /**
   * Up to whose suspensions somebody may widen. An owner whom the recovery key put in place does so
   * in its stead: it lies in a safe, and the work after a recovery is his.
   */
  Rank rankToRelease(DeviceId signer) {
    if (index.isRecovery(signer) || replacing.contains(signer)) {
      return Rank.RECOVERY;
    }
    return isOwner(signer) ? Rank.OWNER : Rank.COORDINATOR;
  }

  /**
   * Whether an invitation by this device may be for a further device of a member: of one who came
   * in as himself, and of an owner only by an owner.
   */
  boolean mayName(MemberId member, DeviceId inviter) {
    DeviceId first = DeviceId.of(member.bytes());
    if (isOwner(first)) {
      return isOwner(inviter);
    }
    return firsts.contains(first);
  }

  /** Whether somebody who may sign statements of power signed it. */
  boolean isSignedByPower(Statement statement) {
    return index.isSignedByRecovery(statement)
        || statement.signers().stream().anyMatch(this::isCoordinator);
  }

  /** A device's own circle stays a circle of one: nobody else is let in, not even by the device. */
  private boolean mayOpen(Epoch epoch, DeviceId signer) {
    DeviceId alone = ownCircles.get(epoch.circle());
    if (alone == null) {
      return isCoordinator(signer);
    }
    return alone.equals(signer)
        && epoch.members().stream().allMatch(member -> member.device().equals(alone))
        && !epoch.recoverySeal().isPresent();
  }
}
