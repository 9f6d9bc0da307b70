package dev.cairn.client.space;

import dev.cairn.client.host.Host;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.recovery.RecoverySheet;
import dev.cairn.protocol.roster.CircleState;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.EpochKeyRing;
import dev.cairn.protocol.roster.EpochState;
import dev.cairn.protocol.roster.LastGood;
import dev.cairn.protocol.roster.NewEpoch;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.Suspension;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import dev.cairn.protocol.suite.SigningKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What a new owner's device signs with the recovery secret, in place of owners who are lost. */
final class Recovering {

  private final Host host;
  private final SigningKey signingKey;
  private final EncryptionPublicKey encryptionKey;
  private final RecoverySheet sheet;
  private final RosterState state;
  private final DeviceId recoveryId;

  /**
   * For a new device.
   *
   * @param statements the space's roster, as far as it is known
   * @throws RefusedException {@code recovery.other}
   */
  Recovering(
      Host host,
      SigningKey signingKey,
      EncryptionPublicKey encryptionKey,
      RecoverySheet sheet,
      Collection<Statement> statements)
      throws RefusedException {
    this.host = host;
    this.signingKey = signingKey;
    this.encryptionKey = encryptionKey;
    this.sheet = sheet;
    this.state = RosterState.fold(sheet.space(), statements);
    this.recoveryId = sheet.secret().publicKeys().signKey();
    if (!state.recovery().map(keys -> keys.signKey().equals(recoveryId)).orElse(false)) {
      throw new RefusedException("recovery.other", "this recovery secret is not that of the space");
    }
  }

  /**
   * What came of it.
   *
   * @param space whose owner the device is
   * @param held statements that were known
   * @param outgoing statements that were signed, in their order
   * @param lost the devices that were cut off
   * @param own the first epoch of the device's own circle
   */
  record Done(
      SpaceId space,
      List<Statement> held,
      List<Statement> outgoing,
      List<Suspension> lost,
      NewEpoch own) {}

  /** Cuts the owners off without any change: {@link LostDevices} gives back what the log holds. */
  List<Suspension> cutOffAtNothing() {
    return cutOff(device -> List.of());
  }

  /**
   * Cuts the owners off.
   *
   * @param lastGood up to which changes each is believed
   */
  List<Suspension> cutOff(Function<DeviceId, List<LastGood>> lastGood) {
    RosterWriter writer = new RosterWriter(state, ignored -> {});
    List<Suspension> lost = new ArrayList<>();
    for (DeviceEntry entry : state.devices()) {
      if (entry.role() == Role.OWNER && !entry.isSuspended()) {
        lost.add(writer.cut(entry.device(), lastGood.apply(entry.device())));
      }
    }
    return lost;
  }

  /** Signs what makes the device the owner and gives it and the coordinators new keys. */
  Done run(List<Suspension> lost, String pseudonym) {
    EpochKeyRing ring = ring();
    Statement replacement = replacement(lost, pseudonym);
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
    return new Done(state.space(), List.copyOf(state.statements()), outgoing, lost, own);
  }

  /** Whose devices are in once these are cut off, but for the device itself. */
  List<DeviceInfo> leftIn(List<Suspension> lost) {
    EpochKeyRing ring = ring();
    RosterState now = state.with(replacement(lost, ""));
    List<DeviceInfo> left = new ArrayList<>();
    for (DeviceEntry entry : now.devices()) {
      if (!entry.isSuspended() && !entry.device().equals(device())) {
        Optional<String> pseudonym = Pseudonyms.open(entry, now, ring::key);
        left.add(DeviceInfo.of(now, entry, pseudonym, Optional.empty()));
      }
    }
    ring.wipe();
    return left;
  }

  private EpochKeyRing ring() {
    EncryptionKey sealKey = sheet.secret().encryptionKey();
    EpochKeyRing ring = EpochKeyRing.of(recoveryId, sealKey).open(state);
    sealKey.wipe();
    return ring;
  }

  private Statement replacement(List<Suspension> lost, String pseudonym) {
    SigningKey recoveryKey = sheet.secret().signingKey();
    Statement replacement =
        new RosterWriter(state, host.randomness())
            .replacement(recoveryKey, signingKey, encryptionKey, lost, pseudonym);
    recoveryKey.wipe();
    return replacement;
  }

  private DeviceId device() {
    return DeviceId.of(signingKey.verifyingKey().bytes());
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
