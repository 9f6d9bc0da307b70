package dev.cairn.protocol.roster;

import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.feed.EpochKey;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Who is in a space and what they may do: a function of the set of statements held, whatever their
 * order, and of nothing else. Statements of other spaces and with wrong signatures change nothing;
 * missing ones only leave out what rests on them, so that a reporter's part folds as well.
 *
 * <p>Immutable, safe for use by several threads. Folding is linear in what the statements hold, and
 * costs little beside checking signatures, which each {@link Statement} does once in its life.
 *
 * <p>Source: docs/PROTOCOL.md, section 5, "State".
 */
public final class RosterState {

  private final RosterFold fold;
  private final List<StatementId> heads;
  private final SortedMap<DeviceId, List<DeviceEntry>> devices;
  private final List<InvitationState> invitations;
  private final SortedMap<CircleId, CircleState> circles;
  private final Map<EpochId, EpochState> epochs = new HashMap<>();
  private final SortedMap<Long, LogKey> logs;
  private final SortedMap<StatementId, Move> moves;

  private RosterState(RosterFold fold) {
    this.fold = fold;
    this.heads = fold.heads();
    this.devices = fold.devices();
    this.invitations = List.copyOf(fold.invitations());
    this.circles = fold.circles();
    this.logs = Collections.unmodifiableSortedMap(fold.logs());
    this.moves = Collections.unmodifiableSortedMap(fold.moves());
    for (CircleState circle : circles.values()) {
      circle.epochs().forEach(epoch -> epochs.put(epoch.id(), epoch));
    }
  }

  /** Folds statements, in any order and however often each is named, to the state of one space. */
  public static RosterState fold(SpaceId space, Collection<Statement> statements) {
    return new RosterState(new RosterFold(new StatementIndex(space, statements)));
  }

  /** The state of these statements and more. */
  public RosterState with(Collection<Statement> more) {
    List<Statement> both = new ArrayList<>(statements());
    both.addAll(more);
    return fold(space(), both);
  }

  /** The state of these statements and one more. */
  public RosterState with(Statement more) {
    return with(List.of(more));
  }

  /** The state without some of the statements. */
  public RosterState without(Collection<StatementId> some) {
    if (some.isEmpty()) {
      return this;
    }
    List<Statement> rest = new ArrayList<>(statements());
    rest.removeIf(each -> some.contains(each.id()));
    return fold(space(), rest);
  }

  /** Of the statements that never had any power all but those of lowest id, as many as may be. */
  public List<Statement> powerlessBeyond(int countMax, long bytesMax) {
    List<Statement> beyond = new ArrayList<>();
    int count = 0;
    long bytes = 0;
    for (Statement statement : statements()) {
      if (verdict(statement) == StatementVerdict.POWERLESS) {
        count++;
        bytes += statement.encode().length;
        if (count > countMax || bytes > bytesMax) {
          beyond.add(statement);
        }
      }
    }
    return beyond;
  }

  /** Whose state it is. */
  public SpaceId space() {
    return fold.index().space();
  }

  /** The statements folded, ascending by id: the space's own, with valid signatures. */
  public Collection<Statement> statements() {
    return fold.index().all().values();
  }

  /** One of them. */
  public Optional<Statement> statement(StatementId id) {
    return Optional.ofNullable(fold.index().all().get(id));
  }

  /** What one of them is worth; empty if it is not among them. */
  public Optional<StatementVerdict> verdict(StatementId id) {
    return statement(id).map(fold::verdict);
  }

  /** The statements that no other has seen, ascending: what a new statement or change cites. */
  public List<StatementId> heads() {
    return heads;
  }

  /** The lowest heads, at most so many. */
  public List<StatementId> heads(int countMax) {
    return heads.subList(0, Math.min(countMax, heads.size()));
  }

  /** What the space was founded with; empty while the genesis is missing. */
  public Optional<Genesis> genesis() {
    return fold.index().genesisContent();
  }

  /** The recovery pair's public keys; empty if the founder wanted none. */
  public Optional<RecoveryKeys> recovery() {
    return fold.index().recovery();
  }

  /**
   * The space's name.
   *
   * @param firstDeskEpoch the key of the first desk epoch
   * @throws UndecryptableException if it is another key, or the genesis is missing
   */
  public String spaceName(EncryptionKey firstDeskEpoch) throws UndecryptableException {
    Optional<Statement> genesis = fold.index().genesis();
    if (!genesis.isPresent()) {
      throw new UndecryptableException();
    }
    SealedName name = ((Genesis) genesis.get().content()).name();
    return name.openSpace(genesis.get().salt(), firstDeskEpoch);
  }

  /** What one of the folded statements is worth. */
  StatementVerdict verdict(Statement statement) {
    return fold.verdict(statement);
  }

  /** Whether the device was a coordinator before anybody was suspended. */
  public boolean everCoordinated(DeviceId device) {
    return fold.everCoordinators().contains(device);
  }

  /** The devices that were coordinators before anybody was suspended. */
  public Set<DeviceId> everCoordinators() {
    return fold.everCoordinators();
  }

  /**
   * What a statement would be worth if it were added, without folding it in.
   *
   * @param more well signed, of this space
   */
  public StatementVerdict worth(Statement more) {
    if (more.kind() == StatementKind.GENESIS || more.kind() == StatementKind.GENERATION) {
      return with(more).verdict(more);
    }
    return fold.verdict(more);
  }

  /**
   * Whether adding a statement may change what others are worth, admissions apart: who asks about
   * one has to fold its invitation in before. Asked of a state without statements that name others
   * which are missing.
   */
  public boolean mayChangeOthers(Statement more) {
    return switch (more.kind()) {
      case EPOCH, GRANT, MOVE, RELEASE, NEWER, INVITATION -> false;
      case SUSPENSION -> fold.everIn(((Suspension) more.content()).device());
      default -> true;
    };
  }

  // Devices.

  /** A device that is in; of several admissions the confirmed one, then that of the higher role. */
  public Optional<DeviceEntry> device(DeviceId device) {
    return Optional.ofNullable(devices.get(device)).map(entries -> entries.get(0));
  }

  /**
   * Whether the device was in before anybody was suspended: it is, or the one who let it in was cut
   * off, so that its admission has no force any more.
   */
  public boolean everIn(DeviceId device) {
    return fold.everIn(device);
  }

  /** Every device that is in, ascending by id, cut off or not. */
  public List<DeviceEntry> devices() {
    List<DeviceEntry> all = new ArrayList<>();
    devices.values().forEach(entries -> all.add(entries.get(0)));
    return all;
  }

  /** Whose device it is; empty if it is not in. */
  public Optional<MemberId> member(DeviceId device) {
    return device(device).map(DeviceEntry::member);
  }

  /** Admissions that wait for a coordinator to compare fingerprint words. */
  public List<DeviceEntry> unconfirmed() {
    List<DeviceEntry> waiting = new ArrayList<>();
    for (List<DeviceEntry> entries : devices.values()) {
      for (DeviceEntry entry : entries) {
        if (entry.state() == DeviceEntry.State.PROVISIONAL) {
          waiting.add(entry);
        }
      }
    }
    return waiting;
  }

  /**
   * Whether the device's counted changes may decide: it is a confirmed coordinator. One that was
   * cut off remains so for what it did up to the changes that its suspension names, and for nothing
   * if one names none; {@link DeviceEntry#coordinates} asks about now.
   */
  public boolean mayDecide(DeviceId device) {
    return fold.isCoordinator(device)
        && suspensionRule(device).map(SuspensionRule::isBounded).orElse(true);
  }

  /** Whether a suspension of the device counts, be the device in or not. */
  public boolean isSuspended(DeviceId device) {
    return fold.cuts().isSuspended(device);
  }

  /** Which changes of a suspended device still count; empty if it is not suspended: all. */
  public Optional<SuspensionRule> suspensionRule(DeviceId device) {
    if (!isSuspended(device)) {
      return Optional.empty();
    }
    return Optional.of(fold.suspensionRule(device));
  }

  /** Whether a device, which is not cut off itself, may cut another off. */
  public boolean maySuspend(DeviceId signer, DeviceId target) {
    return fold.maySuspend(signer, target);
  }

  /**
   * Whether a device may let changes of a suspended one count again: none of the suspensions of it
   * that count is of a higher rank.
   */
  public boolean mayRelease(DeviceId signer, DeviceId target) {
    return !signer.equals(target)
        && fold.maySuspend(signer, target)
        && widenedBy(signer, target).equals(suspensionsOf(target));
  }

  /** Whether an invitation by a device may be for a further device of a member. */
  public boolean mayInviteFor(DeviceId inviter, MemberId member) {
    return fold.isCoordinator(inviter) && fold.mayName(member, inviter);
  }

  /** The suspensions and replacements that cut a device off and that a key may widen, ascending. */
  List<StatementId> widenedBy(DeviceId signer, DeviceId device) {
    return fold.widenedBy(signer, device);
  }

  /** The suspensions and replacements that cut a device off, ascending. */
  public List<StatementId> suspensionsOf(DeviceId device) {
    return List.copyOf(fold.cuts().suspensions(device).keySet());
  }

  /** What has been looked at to answer so far. */
  long steps() {
    return fold.index().steps();
  }

  Ancestry ancestry() {
    return fold.index().ancestry();
  }

  /** The invitations that stand, ascending by id. */
  public List<InvitationState> invitations() {
    return invitations;
  }

  /** An invitation that stands. */
  public Optional<InvitationState> invitation(StatementId id) {
    return invitations.stream().filter(each -> each.id().equals(id)).findFirst();
  }

  // Circles.

  /** The coordinators' circle; empty while the genesis is missing. */
  public Optional<CircleId> desk() {
    return fold.desk();
  }

  /** Every circle that ever had an epoch, ascending by id. */
  public Collection<CircleState> circles() {
    return Collections.unmodifiableCollection(circles.values());
  }

  /** A circle that ever had an epoch. */
  public Optional<CircleState> circle(CircleId circle) {
    return Optional.ofNullable(circles.get(circle));
  }

  /** What a writer to this circle seals a session to; empty if no epoch of it stands. */
  public Optional<EpochKey> writingKey(CircleId circle) {
    return circle(circle).flatMap(CircleState::writingKey);
  }

  /** An epoch that the roster ever held. */
  public Optional<EpochState> epoch(EpochId epoch) {
    return Optional.ofNullable(epochs.get(epoch));
  }

  /**
   * Whether a reader may fetch what is addressed to a circle.
   *
   * @param reader a device, or the recovery key, which is named by its sign key
   */
  public boolean mayFetch(DeviceId reader, CircleId circle) {
    return circle(circle).map(state -> state.readers().contains(reader)).orElse(false);
  }

  /** Every circle whose changes a reader may fetch, ascending. */
  public List<CircleId> readableBy(DeviceId reader) {
    List<CircleId> readable = new ArrayList<>();
    for (CircleState circle : circles.values()) {
      if (circle.readers().contains(reader)) {
        readable.add(circle.id());
      }
    }
    return readable;
  }

  /**
   * Whether a device reads with a circle, or did until it was cut off: an epoch is sealed to it
   * that nobody superseded who had not seen its suspension.
   */
  public boolean readUntilSuspended(DeviceId device, CircleId circle) {
    Set<StatementId> after = ancestry().after(suspensionsOf(device));
    List<EpochState> standing = new ArrayList<>();
    circle(circle).ifPresent(found -> standing.addAll(found.epochs()));
    standing.removeIf(epoch -> !epoch.stands());
    return standing.stream()
        .filter(epoch -> epoch.epoch().sealFor(device).isPresent())
        .anyMatch(
            epoch ->
                standing.stream()
                    .filter(later -> later.epoch().superseded().contains(epoch.id()))
                    .allMatch(later -> after.contains(StatementId.of(later.id().bytes()))));
  }

  /**
   * Whether an author who used an epoch already knew of one that supersedes it.
   *
   * @param used the epoch his session was sealed to
   * @param headsSeen the roster heads that his change cites
   */
  public boolean knewNewer(EpochId used, Collection<StatementId> headsSeen) {
    EpochState state = epochs.get(used);
    if (state == null) {
      return false;
    }
    Set<StatementId> seen = fold.index().ancestry().seenFrom(headsSeen);
    return circle(state.epoch().circle()).map(CircleState::epochs).orElse(List.of()).stream()
        .anyMatch(
            other ->
                other.epoch().superseded().contains(used)
                    && seen.contains(StatementId.of(other.id().bytes())));
  }

  // The server.

  /** The log of each generation, from 0. */
  public SortedMap<Long, LogKey> logs() {
    return logs;
  }

  /** The moves that no other supersedes: more than one only if owners moved the space at once. */
  public SortedMap<StatementId, Move> moves() {
    return moves;
  }

  /**
   * The move in force, empty if the space never moved: of several that which names the newest log,
   * so that nobody looks for one owner's log at another's server; of those the one of lowest id.
   */
  public Optional<Move> move() {
    return Moves.followed(moves, logs);
  }

  /** The server's key for bundles; empty while the genesis is missing. */
  public Optional<EncryptionPublicKey> bundleKey() {
    Optional<EncryptionPublicKey> moved = move().map(Move::bundleKey);
    return moved.isPresent() ? moved : genesis().map(Genesis::bundleKey);
  }

  // Who may hold which statements.

  /**
   * The statements that a server gives to this reader: all to coordinators, to the recovery key and
   * to whoever reads more than its own circle, for it must be able to check those who write there;
   * to other devices that are in their {@link #reporterView}, to anybody else none.
   */
  public List<Statement> servedTo(DeviceId reader) {
    if (isServedAll(reader)) {
      return List.copyOf(statements());
    }
    return device(reader).isPresent() ? reporterView(reader) : List.of();
  }

  /** Whether a server gives every statement to this reader. */
  public boolean isServedAll(DeviceId reader) {
    return device(reader).map(DeviceEntry::coordinates).orElse(false)
        || recovery().map(keys -> keys.signKey().equals(reader)).orElse(false)
        || readsOthers(reader);
  }

  /** Whether a device may fetch what is addressed to any circle but its own. */
  public boolean readsOthers(DeviceId reader) {
    CircleId own = Circles.device(reader);
    return readableBy(reader).stream().anyMatch(circle -> !circle.equals(own));
  }

  /**
   * What a reporter's device may hold, so that a phone opened by force does not list the
   * organisation: nothing of other reporters. It folds to the same answers about coordinators, the
   * device itself and the circles it writes to as the whole.
   */
  public List<Statement> reporterView(DeviceId device) {
    return ReporterView.of(this, device);
  }

  /**
   * What shows that a device is in to whoever trusts the genesis: its admission and confirmation,
   * the invitation, and the same of whoever signed these. Empty if it is not in.
   */
  public List<Statement> membershipChain(DeviceId device) {
    return MembershipChain.of(this, device);
  }

  /**
   * The key of the first epoch of the coordinators' circle. Every member holds it, the server does,
   * and who is shown a report as evidence does not. Empty while it or the genesis is missing.
   */
  public Optional<EncryptionPublicKey> firstDeskKey() {
    Optional<Statement> genesis = fold.index().genesis();
    for (Statement statement : statements()) {
      if (genesis.isPresent()
          && statement.content() instanceof Epoch epoch
          && Optional.of(epoch.circle()).equals(desk())
          && statement.heads().equals(List.of(genesis.get().id()))
          && statement.signers().equals(genesis.get().signers())) {
        return Optional.of(epoch.publicKey());
      }
    }
    return Optional.empty();
  }

  /** What an invitation file carries, so that whoever takes it up can begin without a network. */
  public List<Statement> invitationView(InvitationState invitation) {
    return ReporterView.of(this, invitation);
  }
}
