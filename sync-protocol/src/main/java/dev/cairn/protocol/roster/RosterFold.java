package dev.cairn.protocol.roster;

import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.log.LogKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The steps from a set of statements to what {@link RosterState} answers. */
final class RosterFold {

  /** Of several admissions of one device the best: confirmed, then the higher role, then the id. */
  private static final Comparator<DeviceEntry> BEST_FIRST =
      Comparator.comparing(DeviceEntry::isConfirmed)
          .thenComparing(DeviceEntry::role)
          .reversed()
          .thenComparing(DeviceEntry::statement);

  private final StatementIndex index;
  private final Authority ever;
  private final Cuts cuts;
  private final Authority last;
  private final Generations everGenerations;
  private final Generations generations;
  private final Map<DeviceId, Map<StatementId, List<Release>>> releases = new HashMap<>();
  private final Map<DeviceId, SuspensionRule> rules = Collections.synchronizedMap(new HashMap<>());

  RosterFold(StatementIndex index) {
    this.index = index;
    this.ever = new Authority(index, Set.of());
    this.cuts = new Cuts(index, ever);
    this.last = cuts.left();
    this.everGenerations = new Generations(index, ever);
    this.generations = new Generations(index, last);
    for (Statement statement : standing(StatementKind.RELEASE)) {
      Release release = (Release) statement.content();
      for (StatementId suspension : release.suspensions()) {
        releases
            .computeIfAbsent(release.device(), any -> new HashMap<>())
            .computeIfAbsent(suspension, any -> new ArrayList<>())
            .add(release);
      }
    }
  }

  StatementIndex index() {
    return index;
  }

  Cuts cuts() {
    return cuts;
  }

  boolean maySuspend(DeviceId signer, DeviceId target) {
    return last.maySuspend(signer, target) && !cuts.isSuspended(signer);
  }

  boolean mayName(MemberId member, DeviceId inviter) {
    return last.mayName(member, inviter);
  }

  boolean isCoordinator(DeviceId device) {
    return last.isCoordinator(device);
  }

  Set<DeviceId> everCoordinators() {
    return ever.coordinators();
  }

  boolean everIn(DeviceId device) {
    return ever.isIn(device);
  }

  /** What a statement is worth: one that is held, or of another kind than genesis or generation. */
  StatementVerdict verdict(Statement statement) {
    index.countStep();
    if (statement.kind() == StatementKind.NEWER) {
      return newer(statement);
    }
    if (stands(statement)) {
      return StatementVerdict.STANDS;
    }
    boolean stood =
        statement.kind() == StatementKind.GENERATION
            ? everGenerations.stands(statement.id())
            : ever.stands(statement);
    return stood ? StatementVerdict.VOID : StatementVerdict.POWERLESS;
  }

  private boolean stands(Statement statement) {
    return switch (statement.kind()) {
      case SUSPENSION -> cuts.counts(statement);
      case GENERATION -> generations.stands(statement.id());
      case RELEASE -> mayStand(statement) && widensOnly(statement, (Release) statement.content());
      default -> mayStand(statement);
    };
  }

  private boolean mayStand(Statement statement) {
    return last.stands(statement) && !cuts.isVoid(statement);
  }

  /** Whether none of the suspensions that a release widens is of a rank above its signer's. */
  private boolean widensOnly(Statement statement, Release release) {
    Rank rank = last.rankToRelease(statement.signer());
    for (StatementId suspension : release.suspensions()) {
      if (!cuts.mayWiden(rank, release.device(), suspension)) {
        return false;
      }
    }
    return true;
  }

  private StatementVerdict newer(Statement statement) {
    if (last.isSignedByPower(statement) && !cuts.isVoid(statement)) {
      return StatementVerdict.NEWER;
    }
    return ever.isSignedByPower(statement) ? StatementVerdict.VOID : StatementVerdict.POWERLESS;
  }

  /** The suspensions of a device that count and that this key may widen. */
  List<StatementId> widenedBy(DeviceId signer, DeviceId device) {
    Rank rank = last.rankToRelease(signer);
    List<StatementId> widened = new ArrayList<>();
    for (StatementId suspension : cuts.suspensions(device).keySet()) {
      if (cuts.mayWiden(rank, device, suspension)) {
        widened.add(suspension);
      }
    }
    return widened;
  }

  private List<Statement> standing(StatementKind kind) {
    List<Statement> standing = new ArrayList<>();
    for (Statement statement : index.ofKind(kind)) {
      if (verdict(statement) == StatementVerdict.STANDS) {
        standing.add(statement);
      }
    }
    return standing;
  }

  /**
   * The statements that no other names as seen; what never had any right neither is nor hides one.
   */
  List<StatementId> heads() {
    Set<StatementId> heads = new TreeSet<>();
    Set<StatementId> named = new HashSet<>();
    for (Statement statement : index.all().values()) {
      if (verdict(statement) != StatementVerdict.POWERLESS) {
        heads.add(statement.id());
        named.addAll(statement.heads());
      }
    }
    heads.removeAll(named);
    return List.copyOf(heads);
  }

  /** Every admission that was let in and every owner, the best of each device first. */
  SortedMap<DeviceId, List<DeviceEntry>> devices() {
    SortedMap<DeviceId, List<DeviceEntry>> devices = new TreeMap<>();
    index.genesis().ifPresent(statement -> addOwner(devices, statement));
    for (Statement replacement : standing(StatementKind.REPLACEMENT)) {
      addOwner(devices, replacement);
    }
    last.admissions()
        .forEach(
            (device, statements) -> {
              for (Statement statement : statements) {
                add(devices, admitted(statement));
              }
            });
    devices.values().forEach(entries -> entries.sort(BEST_FIRST));
    return devices;
  }

  private static void add(SortedMap<DeviceId, List<DeviceEntry>> devices, DeviceEntry entry) {
    devices.computeIfAbsent(entry.device(), any -> new ArrayList<>()).add(entry);
  }

  private void addOwner(SortedMap<DeviceId, List<DeviceEntry>> devices, Statement statement) {
    DeviceKeys keys;
    SealedPseudonym pseudonym;
    if (statement.content() instanceof Genesis genesis) {
      keys = genesis.owner();
      pseudonym = genesis.pseudonym();
    } else {
      Replacement replacement = (Replacement) statement.content();
      keys = replacement.owner();
      pseudonym = replacement.pseudonym();
    }
    add(
        devices,
        new DeviceEntry(
            keys,
            MemberId.of(keys.device().bytes()),
            Role.OWNER,
            true,
            cuts.isSuspended(keys.device()),
            statement.id(),
            null,
            pseudonym));
  }

  private DeviceEntry admitted(Statement statement) {
    Admission admission = (Admission) statement.content();
    Invitation invitation = last.invitation(statement);
    DeviceId device = admission.keys().device();
    return new DeviceEntry(
        admission.keys(),
        member(statement),
        invitation.role(),
        last.isConfirmed(statement.id()),
        cuts.isSuspended(device),
        statement.id(),
        last.invitationStatement(statement).signer(),
        admission.pseudonym());
  }

  /**
   * Whose device an admission lets in. An invitation that names a member says so only once somebody
   * has compared words: until then whoever got hold of it would speak, and take back, for another.
   */
  private MemberId member(Statement admission) {
    DeviceId device = ((Admission) admission.content()).keys().device();
    DeviceId inviter = last.invitationStatement(admission).signer();
    return last.invitation(admission)
        .member()
        .filter(named -> last.isConfirmed(admission.id()) && last.mayName(named, inviter))
        .orElse(MemberId.of(device.bytes()));
  }

  /** What still counts of a suspended device. */
  SuspensionRule suspensionRule(DeviceId device) {
    return rules.computeIfAbsent(device, this::ruleOf);
  }

  private SuspensionRule ruleOf(DeviceId device) {
    Map<StatementId, List<Release>> widening = releases.getOrDefault(device, Map.of());
    SortedMap<StatementId, Suspension> suspensions = cuts.suspensions(device);
    Set<SuspensionRule.Bound> bounds = new LinkedHashSet<>();
    suspensions.forEach(
        (id, suspension) ->
            suspension
                .lastGood()
                .ifPresent(
                    list ->
                        bounds.add(
                            SuspensionRule.Bound.of(list, widening.getOrDefault(id, List.of())))));
    boolean isBounded = suspensions.values().stream().allMatch(each -> each.lastGood().isPresent());
    return new SuspensionRule(List.copyOf(bounds), isBounded);
  }

  List<InvitationState> invitations() {
    Map<StatementId, Set<DeviceId>> admitted = new TreeMap<>();
    last.admissions()
        .forEach(
            (device, statements) -> {
              for (Statement statement : statements) {
                admitted
                    .computeIfAbsent(
                        ((Admission) statement.content()).invitation(), any -> new TreeSet<>())
                    .add(device);
              }
            });
    List<InvitationState> invitations = new ArrayList<>();
    for (Statement statement : standing(StatementKind.INVITATION)) {
      invitations.add(
          new InvitationState(
              statement.id(),
              (Invitation) statement.content(),
              statement.signer(),
              List.copyOf(admitted.getOrDefault(statement.id(), Set.of()))));
    }
    return invitations;
  }

  /** Every circle that ever had an epoch. */
  SortedMap<CircleId, CircleState> circles() {
    SortedMap<CircleId, List<EpochState>> epochs = new TreeMap<>();
    Set<EpochId> superseded = superseded();
    for (Statement statement : index.ofKind(StatementKind.EPOCH)) {
      StatementVerdict verdict = verdict(statement);
      if (verdict != StatementVerdict.POWERLESS) {
        Epoch epoch = (Epoch) statement.content();
        EpochId id = EpochId.of(statement.id().bytes());
        boolean stands = verdict == StatementVerdict.STANDS;
        epochs
            .computeIfAbsent(epoch.circle(), any -> new ArrayList<>())
            .add(
                new EpochState(
                    id, epoch, statement.signer(), stands, stands && !superseded.contains(id)));
      }
    }
    Map<CircleId, Set<DeviceId>> granted = granted();
    SortedMap<CircleId, CircleState> circles = new TreeMap<>();
    epochs.forEach(
        (circle, ofCircle) ->
            circles.put(circle, circle(circle, ofCircle, granted.getOrDefault(circle, Set.of()))));
    return circles;
  }

  private CircleState circle(CircleId circle, List<EpochState> epochs, Set<DeviceId> granted) {
    CircleMembers members = new CircleMembers(epochs);
    return new CircleState(
        circle,
        List.copyOf(epochs),
        forWriting(epochs, members).orElse(null),
        members.members(),
        readers(epochs, granted, members));
  }

  /** Epochs named by a standing epoch of their own circle: another circle's has no say. */
  private Set<EpochId> superseded() {
    Set<EpochId> superseded = new HashSet<>();
    for (Statement statement : standing(StatementKind.EPOCH)) {
      Epoch epoch = (Epoch) statement.content();
      for (EpochId earlier : epoch.superseded()) {
        Statement named = index.all().get(StatementId.of(earlier.bytes()));
        if (named != null
            && named.content() instanceof Epoch other
            && other.circle().equals(epoch.circle())) {
          superseded.add(earlier);
        }
      }
    }
    return superseded;
  }

  private Optional<EpochState> forWriting(List<EpochState> epochs, CircleMembers members) {
    return epochs.stream()
        .filter(EpochState::isCurrent)
        .min(
            Comparator.<EpochState>comparingLong(each -> strangers(each, members))
                .thenComparing(EpochState::id));
  }

  /** How many an epoch is sealed to that should not read any more. */
  private long strangers(EpochState state, CircleMembers members) {
    return state.epoch().members().stream()
        .map(EpochMember::device)
        .filter(device -> cuts.isSuspended(device) || members.isRemoved(device))
        .count();
  }

  private Map<CircleId, Set<DeviceId>> granted() {
    Map<CircleId, Set<DeviceId>> granted = new HashMap<>();
    for (Statement statement : standing(StatementKind.GRANT)) {
      Grant grant = (Grant) statement.content();
      granted.computeIfAbsent(grant.circle(), any -> new TreeSet<>()).add(grant.device());
    }
    return granted;
  }

  private Set<DeviceId> readers(
      List<EpochState> epochs, Set<DeviceId> granted, CircleMembers members) {
    Set<DeviceId> readers = new TreeSet<>(granted);
    for (EpochState state : epochs) {
      if (state.stands()) {
        state.epoch().members().forEach(member -> readers.add(member.device()));
      }
    }
    readers.removeIf(
        device -> !last.isIn(device) || cuts.isSuspended(device) || members.isRemoved(device));
    boolean recovers =
        epochs.stream()
            .anyMatch(state -> state.stands() && state.epoch().recoverySeal().isPresent());
    if (recovers) {
      index.recovery().ifPresent(keys -> readers.add(keys.signKey()));
    }
    return Collections.unmodifiableSet(readers);
  }

  /** The log of each generation. */
  SortedMap<Long, LogKey> logs() {
    return generations.logs();
  }

  /** The moves that no standing move supersedes, ascending by id. */
  SortedMap<StatementId, Move> moves() {
    SortedMap<StatementId, Move> moves = new TreeMap<>();
    Set<StatementId> superseded = new HashSet<>();
    for (Statement statement : standing(StatementKind.MOVE)) {
      Move move = (Move) statement.content();
      moves.put(statement.id(), move);
      superseded.addAll(move.superseded());
    }
    moves.keySet().removeAll(superseded);
    return moves;
  }

  Optional<CircleId> desk() {
    return index.genesis().map(statement -> Circles.desk(statement.salt().bytes()));
  }
}
