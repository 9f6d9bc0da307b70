package dev.cairn.client.space;

import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.Withdrawals;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.invitation.InvitationCode;
import dev.cairn.protocol.invitation.InvitationFile;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.Admission;
import dev.cairn.protocol.roster.CircleState;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.Fingerprint;
import dev.cairn.protocol.roster.Invitation;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.roster.ServerAddress;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.SigningKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A coordinator lets people in: invites them, and confirms whom he knows by fingerprint words. */
public final class LettingIn {

  private final Holdings holdings;

  /** In the name of this device. */
  public LettingIn(Holdings holdings) {
    this.holdings = holdings;
  }

  /** See {@code Device.invite}. */
  public NewInvitation invite(
      Role role, List<CircleId> circles, int uses, long expiresSeconds, ServerAddress server)
      throws CairnException {
    return sealed(offer(role, circles, uses, expiresSeconds, server), expiresSeconds);
  }

  /** The same for a further device of a member. */
  public NewInvitation inviteAgain(
      MemberId member, Role role, List<CircleId> circles, long expiresSeconds, ServerAddress server)
      throws CairnException {
    return sealed(offer(role, circles, 1, expiresSeconds, server, member), expiresSeconds);
  }

  private NewInvitation sealed(InvitationFile invitation, long expiresSeconds) {
    InvitationCode code = InvitationCode.generate(holdings.host().randomness());
    byte[] file = invitation.seal(code, holdings.host().randomness());
    invitation.wipe();
    return new NewInvitation(
        invitation.invitation(),
        file,
        code.show(),
        String.join("-", Fingerprint.words(invitation.space(), holdings.identity().keys())),
        expiresSeconds);
  }

  /** The invitation before it is encrypted under a code; its statement is on its way. */
  public InvitationFile offer(
      Role role, List<CircleId> circles, int uses, long expiresSeconds, ServerAddress server)
      throws CairnException {
    return offer(role, circles, uses, expiresSeconds, server, null);
  }

  private InvitationFile offer(
      Role role,
      List<CircleId> circles,
      int uses,
      long expiresSeconds,
      ServerAddress server,
      @Nullable MemberId member)
      throws CairnException {
    holdings.requireCoordinator();
    Randomness randomness = holdings.host().randomness();
    RosterState state = holdings.roster();
    SigningKey oneTimeKey = SigningKey.generate(randomness);
    List<CircleId> writable =
        circles.isEmpty() ? Collections.singletonList(holdings.desk()) : circles;
    Invitation invitation;
    try {
      invitation =
          new Invitation(
              DeviceId.of(oneTimeKey.verifyingKey().bytes()),
              role,
              new ArrayList<>(new TreeSet<>(writable)),
              uses,
              expiresSeconds,
              member);
    } catch (IllegalArgumentException e) {
      throw new RefusedException("invitation.terms", "uses, circles or expiry are out of bounds");
    }
    Statement statement =
        new RosterWriter(state, randomness).sign(invitation, holdings.identity().signingKey());
    InvitationFile offer =
        InvitationFile.of(state.with(statement), statement.id(), oneTimeKey, server);
    send(Collections.singletonList(statement));
    return offer;
  }

  /** See {@code Device.confirmDevice}. */
  public void confirm(DeviceId device, Archive archive) throws CairnException {
    holdings.requireCoordinator();
    RosterState state = holdings.roster();
    Optional<DeviceEntry> entry =
        state.unconfirmed().stream().filter(each -> each.device().equals(device)).findFirst();
    if (!entry.isPresent()) {
      boolean known = state.device(device).isPresent();
      throw known
          ? new RefusedException("device.confirmed", "the device does not wait for confirmation")
          : new RefusedException("device.unknown", "there is no such device");
    }
    List<Statement> statements = new ArrayList<>();
    Randomness randomness = holdings.host().randomness();
    SigningKey key = holdings.identity().signingKey();
    Statement confirmation = new RosterWriter(state, randomness).confirmation(entry.get(), key);
    statements.add(confirmation);
    RosterState now = state.with(confirmation);
    List<CircleId> circles = new ArrayList<>();
    if (entry.get().role() == Role.COORDINATOR) {
      circles.add(holdings.desk());
    }
    circles.addAll(circlesOfOthers(device, now));
    for (CircleId circle : circles) {
      List<Statement> keys = seat(device, circle, now, archive);
      statements.addAll(keys);
      now = now.with(keys);
    }
    send(statements);
  }

  /** Gives a device a place in a circle's next epoch, and the archive if wanted. */
  private List<Statement> seat(DeviceId device, CircleId circle, RosterState state, Archive archive)
      throws CairnException {
    CircleState found =
        state
            .circle(circle)
            .orElseThrow(() -> new IllegalStateException("there is no such circle"));
    Optional<String> name = new CircleNames(holdings).of(found);
    boolean isSeated = circle.equals(holdings.desk());
    if (!name.isPresent()
        || !(isSeated || found.members().contains(holdings.device()))
        || new NewKeys(holdings, state).isHalfHeard(found)) {
      return List.of();
    }
    Set<DeviceId> members = NewKeys.membersLeft(state, found);
    members.add(device);
    CircleKeys.requireRoom(members);
    return new NewKeys(holdings, state)
        .write(circle, name.get(), members, archive == Archive.ALL ? Set.of(device) : Set.of());
  }

  /**
   * The circles that other devices of a device's member read, or did until they were cut off: who
   * goes on with another device goes on in them. The coordinators' and own circles aside.
   */
  private List<CircleId> circlesOfOthers(DeviceId device, RosterState state) {
    Optional<MemberId> member = state.member(device);
    List<CircleId> circles = new ArrayList<>();
    for (CircleState circle : state.circles()) {
      boolean isOthers =
          !circle.id().equals(holdings.desk())
              && state.devices().stream()
                  .filter(each -> !each.device().equals(device))
                  .filter(each -> Optional.of(each.member()).equals(member))
                  .filter(each -> !circle.id().equals(Circles.device(each.device())))
                  .anyMatch(each -> state.readUntilSuspended(each.device(), circle.id()));
      if (isOthers) {
        circles.add(circle.id());
      }
    }
    return circles;
  }

  /**
   * The circles a device was invited to write to, and those it reads or did until it was cut off.
   */
  public List<CircleId> circlesOf(DeviceEntry entry) {
    RosterState state = holdings.roster();
    TreeSet<CircleId> circles = new TreeSet<>();
    state
        .statement(entry.statement())
        .map(Statement::content)
        .filter(Admission.class::isInstance)
        .flatMap(content -> state.invitation(((Admission) content).invitation()))
        .ifPresent(invited -> circles.addAll(invited.invitation().circles()));
    if (circles.isEmpty()) {
      circles.add(holdings.desk());
    }
    for (CircleState circle : state.circles()) {
      if (!circle.id().equals(Circles.device(entry.device()))
          && circles.size() < Limits.INVITATION_CIRCLES_MAX
          && state.readUntilSuspended(entry.device(), circle.id())) {
        circles.add(circle.id());
      }
    }
    return new ArrayList<>(circles);
  }

  /** Keeps statements signed here, to be pushed at the next sync. */
  public void send(List<Statement> statements) throws CairnException {
    RosterState newer = holdings.roster().with(statements);
    holdings
        .store()
        .change(
            rows -> {
              holdings.book().writeOutgoing(rows, statements);
              Withdrawals.rosterGrew(rows, holdings.roster(), newer);
            });
    holdings.store().read(rows -> adopt(newer, rows));
  }

  private Boolean adopt(RosterState newer, SealedRows rows) throws CairnException {
    holdings.book().adopt(newer, rows);
    return Boolean.TRUE;
  }
}
