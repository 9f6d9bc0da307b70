package dev.cairn.client.space;

import dev.cairn.client.held.Identity;
import dev.cairn.client.host.Host;
import dev.cairn.client.report.SealMode;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.invitation.InvitationCode;
import dev.cairn.protocol.invitation.InvitationFile;
import dev.cairn.protocol.invitation.ServerInvitation;
import dev.cairn.protocol.recovery.RecoverySecret;
import dev.cairn.protocol.recovery.RecoverySheet;
import dev.cairn.protocol.roster.Founding;
import dev.cairn.protocol.roster.Invitation;
import dev.cairn.protocol.roster.InvitationState;
import dev.cairn.protocol.roster.NewEpoch;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.roster.ServerAddress;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.Suspension;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.SigningKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** How a device begins: it joins by invitation, founds a space, or replaces a lost owner. */
public final class Beginnings {

  private static final int MILLIS = 1000;

  private final Host host;
  private final SigningKey signingKey;
  private final EncryptionKey encryptionKey;

  /** New keys for a new device. */
  public Beginnings(Host host) {
    this.host = host;
    this.signingKey = SigningKey.generate(host.randomness());
    this.encryptionKey = EncryptionKey.generate(host.randomness());
  }

  private DeviceId device() {
    return DeviceId.of(signingKey.verifyingKey().bytes());
  }

  /**
   * Joins by an invitation, without a network.
   *
   * @throws dev.cairn.protocol.UndecryptableException if the code is not that of the file
   * @throws dev.cairn.protocol.MalformedException if it is no invitation, or no code
   */
  public NewStore join(byte[] file, String code, String pseudonym, SealMode mode)
      throws CairnException {
    return join(InvitationFile.open(file, InvitationCode.parse(code)), pseudonym, mode);
  }

  /** The same with the invitation opened; wipes its one-time key. */
  public NewStore join(InvitationFile invitation, String pseudonym, SealMode mode)
      throws CairnException {
    RosterState state = invitation.state();
    InvitationState invited =
        state
            .invitation(invitation.invitation())
            .orElseThrow(() -> new RefusedException("invitation.void", "the invitation is void"));
    RosterWriter writer = new RosterWriter(state, host.randomness());
    Statement admission =
        writer.admission(
            invitation.invitation(),
            invitation.oneTimeKey(),
            signingKey,
            encryptionKey.publicKey(),
            pseudonym);
    invitation.wipe();
    NewEpoch own = new RosterWriter(state.with(admission), host.randomness()).ownEpoch(signingKey);
    Invitation terms = invited.invitation();
    Identity identity =
        new Identity(
            state.space(),
            signingKey,
            encryptionKey,
            terms.member().orElse(MemberId.of(device().bytes())),
            terms.role(),
            pseudonym,
            terms.role() == Role.REPORTER ? mode : SealMode.NEVER,
            invitation.address());
    return new NewStore(
        identity,
        invitation.statements(),
        List.of(admission, own.statement()),
        null,
        List.of(),
        own);
  }

  /**
   * Founds a space; the server has still to be told.
   *
   * @throws RefusedException if the server's invitation has expired
   */
  public NewStore found(
      ServerInvitation invitation,
      String spaceName,
      String pseudonym,
      Optional<RecoverySecret> recovery)
      throws RefusedException {
    if (invitation.isExpired(host.nowMillis() / MILLIS)) {
      throw new RefusedException(
          "invitation.expired", "the server's invitation has expired; start the server again");
    }
    Founding founding =
        Founding.create(
            signingKey,
            encryptionKey.publicKey(),
            invitation.log(),
            invitation.bundleKey(),
            spaceName,
            pseudonym,
            recovery.map(RecoverySecret::publicKeys).orElse(null),
            host.randomness());
    return new NewStore(
        owner(founding.space(), pseudonym, invitation.address()),
        List.of(),
        founding.statements(),
        invitation.spaceCode(),
        List.of(),
        founding.own());
  }

  private Identity owner(SpaceId space, String pseudonym, ServerAddress address) {
    return new Identity(
        space,
        signingKey,
        encryptionKey,
        MemberId.of(device().bytes()),
        Role.OWNER,
        pseudonym,
        SealMode.NEVER,
        address);
  }

  /**
   * Replaces lost owners: cuts their devices off, opens a new epoch of the coordinators' circle for
   * those who are left and this device, and hands this device every older seed that the recovery
   * secret opens.
   *
   * @param statements the space's roster, as the server gave it
   * @throws RefusedException if the space has another recovery secret, or none
   */
  public NewStore recover(
      RecoverySheet sheet,
      Collection<Statement> statements,
      ServerAddress address,
      String pseudonym)
      throws RefusedException {
    Recovering recovering = recovering(sheet, statements);
    return store(recovering.run(recovering.cutOffAtNothing(), pseudonym), pseudonym, address, true);
  }

  /**
   * The same from what members' devices brought, without a server. What they know of the lost
   * devices' feeds counts, as in a recovery with a server what the log turns out to hold does.
   *
   * @param destroyed whether the lost devices are known to be destroyed, and need not be cut off
   * @throws RefusedException if the space has another recovery secret, or none
   */
  public NewStore recoverByHand(
      RecoverySheet sheet,
      List<BroughtRoster> brought,
      boolean destroyed,
      ServerAddress address,
      String pseudonym)
      throws RefusedException {
    Recovering recovering = recovering(sheet, BroughtRoster.statements(brought));
    List<Suspension> lost =
        destroyed ? List.of() : recovering.cutOff(device -> BroughtRoster.heads(brought, device));
    return store(recovering.run(lost, pseudonym), pseudonym, address, false);
  }

  /**
   * Whom a recovery by hand would leave in: whoever was cut off by a suspension that nobody brought
   * is among them. Makes nothing.
   *
   * @throws RefusedException if the space has another recovery secret, or none
   */
  public List<DeviceInfo> leftInByHand(
      RecoverySheet sheet, List<BroughtRoster> brought, boolean destroyed) throws RefusedException {
    Recovering recovering = recovering(sheet, BroughtRoster.statements(brought));
    return recovering.leftIn(destroyed ? List.of() : recovering.cutOffAtNothing());
  }

  private Recovering recovering(RecoverySheet sheet, Collection<Statement> statements)
      throws RefusedException {
    return new Recovering(host, signingKey, encryptionKey.publicKey(), sheet, statements);
  }

  /**
   * A new owner's store.
   *
   * @param awaitsLog whether a log is there that may hold more of the lost devices
   */
  private NewStore store(
      Recovering.Done done, String pseudonym, ServerAddress address, boolean awaitsLog) {
    List<DeviceId> lost = new ArrayList<>();
    if (awaitsLog) {
      done.lost().forEach(suspension -> lost.add(suspension.device()));
    }
    return new NewStore(
        owner(done.space(), pseudonym, address),
        done.held(),
        done.outgoing(),
        null,
        lost,
        done.own());
  }
}
