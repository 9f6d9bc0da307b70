package dev.cairn.client.space;

import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.Withdrawals;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.invitation.InvitationCode;
import dev.cairn.protocol.invitation.InvitationFile;
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
    InvitationFile invitation = offer(role, circles, uses, expiresSeconds, server);
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
              null);
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
    if (entry.get().role() == Role.COORDINATOR) {
      statements.addAll(seat(device, state.with(confirmation), archive));
    }
    send(statements);
  }

  /** Gives a new coordinator a place in the coordinators' next epoch, and the archive if wanted. */
  private List<Statement> seat(DeviceId device, RosterState state, Archive archive)
      throws RefusedException {
    CircleState desk =
        state
            .circle(holdings.desk())
            .orElseThrow(() -> new IllegalStateException("the coordinators have no circle"));
    Set<DeviceId> members = NewKeys.membersLeft(state, desk);
    members.add(device);
    CircleKeys.requireRoom(members);
    return new NewKeys(holdings, state)
        .write(
            desk.id(),
            CircleNames.DESK,
            members,
            archive == Archive.ALL ? Set.of(device) : Set.of());
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
