package dev.cairn.client.space;

import dev.cairn.client.held.Identity;
import dev.cairn.client.host.Host;
import dev.cairn.client.report.SealMode;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.invitation.InvitationCode;
import dev.cairn.protocol.invitation.InvitationFile;
import dev.cairn.protocol.invitation.ServerInvitation;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.recovery.RecoverySecret;
import dev.cairn.protocol.recovery.RecoverySheet;
import dev.cairn.protocol.roster.CircleState;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.EpochKeyRing;
import dev.cairn.protocol.roster.EpochState;
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
import java.util.Set;

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
    return recover(sheet, statements, address, pseudonym, false);
  }

  /**
   * The same from what members' devices hold of the roster.
   *
   * @param destroyed whether the lost devices are known to be destroyed, and need not be cut off
   * @throws RefusedException if the space has another recovery secret, or none
   */
  public NewStore recover(
      RecoverySheet sheet,
      Collection<Statement> statements,
      ServerAddress address,
      String pseudonym,
      boolean destroyed)
      throws RefusedException {
    RosterState state = RosterState.fold(sheet.space(), statements);
    SigningKey recoveryKey = sheet.secret().signingKey();
    EncryptionKey sealKey = sheet.secret().encryptionKey();
    DeviceId recoveryId = DeviceId.of(recoveryKey.verifyingKey().bytes());
    if (!state.recovery().map(keys -> keys.signKey().equals(recoveryId)).orElse(false)) {
      throw new RefusedException("recovery.other", "this recovery secret is not that of the space");
    }
    EpochKeyRing ring = EpochKeyRing.of(recoveryId, sealKey).open(state);
    List<Suspension> lost = destroyed ? List.of() : lostOwners(state);
    Statement replacement =
        new RosterWriter(state, host.randomness())
            .replacement(recoveryKey, signingKey, encryptionKey.publicKey(), lost, pseudonym);
    List<Statement> outgoing = new ArrayList<>();
    outgoing.add(replacement);
    RosterState now = state.with(replacement);
    NewEpoch own = new RosterWriter(now, host.randomness()).ownEpoch(signingKey);
    outgoing.add(own.statement());
    now = now.with(own.statement());
    for (CircleState circle : state.circles()) {
      now = reopen(circle, now, ring, outgoing);
    }
    ring.wipe();
    recoveryKey.wipe();
    sealKey.wipe();
    return new NewStore(
        owner(sheet.space(), pseudonym, address),
        new ArrayList<>(statements),
        outgoing,
        null,
        devices(lost),
        own);
  }

  private static List<DeviceId> devices(List<Suspension> lost) {
    List<DeviceId> devices = new ArrayList<>();
    lost.forEach(suspension -> devices.add(suspension.device()));
    return devices;
  }

  /** Cut off without any change: {@link LostDevices} gives back what the log turns out to hold. */
  private static List<Suspension> lostOwners(RosterState state) {
    RosterWriter writer = new RosterWriter(state, ignored -> {});
    List<Suspension> lost = new ArrayList<>();
    for (DeviceEntry entry : state.devices()) {
      if (entry.role() == Role.OWNER && !entry.isSuspended()) {
        lost.add(writer.cut(entry.device(), List.of()));
      }
    }
    return lost;
  }

  /** Gives this device a circle's seeds, and for the coordinators' circle a new epoch. */
  private RosterState reopen(
      CircleState circle, RosterState now, EpochKeyRing ring, List<Statement> outgoing) {
    RosterState state = now;
    if (circle.epochs().stream().noneMatch(epoch -> ring.key(epoch.id()).isPresent())) {
      return state; // A device's own circle: not even recovery reads it.
    }
    List<Statement> grants =
        new RosterWriter(state, host.randomness()).grants(circle.id(), device(), ring, signingKey);
    if (!grants.isEmpty()) {
      outgoing.addAll(grants);
      state = state.with(grants);
    }
    Collection<DeviceId> members = members(circle, state);
    if (members.size() > Limits.EPOCH_MEMBERS_MAX) {
      return state; // What was written opens; who gives it new keys has to take somebody out first.
    }
    Statement epoch =
        new RosterWriter(state, host.randomness())
            .epoch(circle.id(), name(circle, state, ring), members, signingKey)
            .statement();
    outgoing.add(epoch);
    return state.with(epoch);
  }

  /** As the newest of its epochs calls it that the recovery secret opens. */
  private static String name(CircleState circle, RosterState state, EpochKeyRing ring) {
    if (isDesk(circle, state)) {
      return "desk";
    }
    for (EpochState epoch : circle.current()) {
      Optional<EncryptionKey> key = ring.key(epoch.id());
      if (key.isPresent()) {
        try {
          return epoch.epoch().name().openCircle(circle.id(), key.get());
        } catch (UndecryptableException e) {
          // Whoever opened this epoch named it wrongly; another one may do.
        }
      }
    }
    return "";
  }

  private static boolean isDesk(CircleState circle, RosterState state) {
    return state.desk().map(circle.id()::equals).orElse(false);
  }

  private Collection<DeviceId> members(CircleState circle, RosterState state) {
    Set<DeviceId> members = NewKeys.membersLeft(state, circle);
    members.add(device());
    return members;
  }
}
