package dev.cairn.client.leaving;

import dev.cairn.client.held.Holdings;
import dev.cairn.client.space.LettingIn;
import dev.cairn.client.space.NewInvitation;
import dev.cairn.client.space.People;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.RosterState;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a coordinator does about a device that was lost, taken or replaced, and about what it made
 * since. Statements made here are pushed at the next sync; what failed has changed nothing.
 *
 * <p>Source: docs/PROTOCOL.md, section 5.
 */
public final class Suspensions {

  private final Holdings holdings;

  /** In the name of this device. */
  public Suspensions(Holdings holdings) {
    this.holdings = holdings;
  }

  /** Is shown what is in quarantine. */
  @FunctionalInterface
  public interface QuarantineVisitor {
    /** Takes one change; what it throws ends the visit. */
    void visit(QuarantinedChange change) throws CairnException;
  }

  /**
   * Cuts a device off at the last changes held here, and gives every circle it reads and this
   * device is in new keys that it does not get.
   *
   * @throws RefusedException {@code device.unknown}, {@code suspension.self}, {@code role.owner},
   *     {@code role.missing}
   */
  public Suspended suspend(DeviceId device) throws CairnException {
    return new Suspending(holdings).atLastHeld(device);
  }

  /**
   * The same at changes of the device that are named: they and what they continue count, as far as
   * it is held here, and nothing else.
   *
   * @throws RefusedException also {@code change.unknown}, {@code change.limit}
   */
  public Suspended suspendAfter(DeviceId device, Collection<ChangeId> last) throws CairnException {
    return new Suspending(holdings).through(device, last);
  }

  /**
   * The same of a reporter's device that was lost and is in nobody's hands: everything that anybody
   * holds of it counts, and the log takes nothing more of it, for good.
   *
   * @throws RefusedException also {@code suspension.unbounded}
   */
  public Suspended suspendAsLost(DeviceId device) throws CairnException {
    return new Suspending(holdings).lost(device);
  }

  /**
   * Lets a member go on with a new device: cuts the old one off, unless it is already, and invites
   * a further device of that member. It is the member's own only once it was confirmed, and is then
   * given the keys of the circles that the member's other devices read.
   *
   * @param expiresSeconds when the invitation ends, in seconds since 1970
   * @throws RefusedException as {@link #suspend}; {@code member.unknown} if the old device was
   *     never confirmed as that of a member, or if this device may not invite for an owner
   */
  public Replaced replace(DeviceId device, long expiresSeconds) throws CairnException {
    holdings.requireCoordinator();
    RosterState roster = holdings.roster();
    Optional<DeviceEntry> entry = roster.device(device);
    if (!entry.isPresent()) {
      throw new RefusedException("device.unknown", "there is no such device to replace");
    }
    MemberId member = entry.get().member();
    if (!roster.mayInviteFor(holdings.device(), member)) {
      throw new RefusedException(
          "member.unknown", "nobody can be invited here as the member whose device this is");
    }
    Optional<Suspended> suspended =
        entry.get().isSuspended() ? Optional.empty() : Optional.of(suspend(device));
    Role role = entry.get().role().coordinates() ? Role.COORDINATOR : Role.REPORTER;
    LettingIn lettingIn = new LettingIn(holdings);
    List<CircleId> circles = lettingIn.circlesOf(entry.get());
    NewInvitation invitation =
        lettingIn.inviteAgain(member, role, circles, expiresSeconds, new People(holdings).server());
    return new Replaced(member, role, suspended, invitation);
  }

  /** Shows what is held beyond suspensions, in the order in which it came; sessions left out. */
  public void quarantine(QuarantineVisitor visitor) throws CairnException {
    new Quarantine(holdings).visit(visitor);
  }

  /** The devices of which no more is taken by hand until something was accepted or refused. */
  public Set<DeviceId> full() throws CairnException {
    return new Quarantine(holdings).full();
  }

  /**
   * Lets quarantined changes count, each by itself and nothing else. Everybody who is told counts
   * them; what the log lacks of them is handed in at the next sync.
   *
   * @return the releases that say so
   * @throws RefusedException {@code quarantine.unknown}, {@code quarantine.rank}, {@code
   *     quarantine.lost}, {@code quarantine.limit}, {@code role.missing}
   */
  public List<StatementId> accept(Collection<ChangeId> changes) throws CairnException {
    return new Quarantine(holdings).accept(changes);
  }

  /**
   * Puts quarantined changes aside in this store: they are marked and take no room, and no more do
   * the statements that open their devices' sessions. Nothing is destroyed, no other desk hears of
   * it, and they can still be accepted.
   *
   * @param reason why; may be empty
   * @throws RefusedException {@code quarantine.unknown}, {@code role.missing}, {@code change.limit}
   */
  public void refuse(Collection<ChangeId> changes, String reason) throws CairnException {
    new Quarantine(holdings).refuse(changes, reason);
  }

  /**
   * Puts aside in this store all that waits of a device and came by hand, also what no list shows:
   * the statements that open sessions. The way out of a flood.
   *
   * @return the changes that were put aside
   * @throws RefusedException {@code device.unknown}, {@code role.missing}, {@code change.limit}
   */
  public List<ChangeId> refuseAll(DeviceId device, String reason) throws CairnException {
    return new Quarantine(holdings).refuseAll(device, reason);
  }
}
