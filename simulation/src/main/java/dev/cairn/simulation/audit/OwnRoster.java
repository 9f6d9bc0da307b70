package dev.cairn.simulation.audit;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.id.StatementId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who may what by a set of statements: section 5 once more, step by step as it is written there.
 */
final class OwnRoster {

  private static final int GENERATIONS_BEGIN = 8;

  private final Map<StatementId, StatementFact> statements = new TreeMap<>();
  private final OwnAuthority authority;
  private final List<OwnCut> cuts = new ArrayList<>();
  private final Set<StatementId> voided = new HashSet<>();
  private final Map<CircleId, Set<DeviceId>> readers = new HashMap<>();
  private final Map<EpochId, Set<DeviceId>> sealed = new HashMap<>();
  private final Map<CircleId, List<StatementFact>> epochs = new HashMap<>();
  private final OwnLeaving leaving;

  private OwnRoster(Collection<StatementFact> all) {
    all.forEach(each -> statements.put(each.id, each));
    for (int rank = OwnCut.BY_RECOVERY; rank <= OwnCut.BY_COORDINATOR; rank++) {
      weigh(OwnAuthority.of(statements.values(), voided), rank);
    }
    authority = OwnAuthority.of(statements.values(), voided);
    for (StatementFact each : statements.values()) {
      if (stands(each)) {
        keys(each);
      }
    }
    leaving = new OwnLeaving(opened(OwnAuthority.of(statements.values(), Set.of())), epochs);
  }

  /** Every epoch whose signer ever had the right to it. */
  private Map<StatementId, StatementFact> opened(OwnAuthority ever) {
    Map<StatementId, StatementFact> opened = new TreeMap<>();
    for (StatementFact each : statements.values()) {
      if (each.kind == StatementFact.EPOCH && opensEpoch(each, ever)) {
        opened.put(each.id, each);
      }
    }
    return opened;
  }

  /** The state of a set of statements. */
  static OwnRoster of(Collection<StatementFact> statements) {
    return new OwnRoster(statements);
  }

  private void weigh(OwnAuthority before, int rank) {
    List<OwnCut> more = new ArrayList<>();
    for (StatementFact each : statements.values()) {
      for (OwnCut cut : OwnCut.of(each, before)) {
        boolean may = rank < OwnCut.BY_COORDINATOR || !before.owns(cut.device());
        if (cut.rank() == rank && may && !isCutAway(each)) {
          more.add(cut);
        }
      }
    }
    cuts.addAll(more);
    for (StatementFact each : statements.values()) {
      boolean canBeVoid =
          each.kind == StatementFact.INVITATION
              || each.kind == StatementFact.CONFIRMATION
              || each.kind == StatementFact.EPOCH
              || each.kind == StatementFact.GRANT
              || each.kind == GENERATIONS_BEGIN
              || each.kind == StatementFact.GENERATION
              || each.kind >= StatementFact.RELEASE;
      if (canBeVoid && isCutAway(each)) {
        voided.add(each.id);
      }
    }
  }

  /** Whether a suspension of its signer that counts so far does not let it stand. */
  private boolean isCutAway(StatementFact statement) {
    return cuts.stream()
        .anyMatch(
            cut -> statement.signers.contains(cut.device()) && !cut.lets().contains(statement.id));
  }

  private boolean stands(StatementFact statement) {
    return !voided.contains(statement.id);
  }

  /** Whether what a coordinator signed alone has force. */
  boolean hasForce(StatementFact statement) {
    return switch ((int) statement.kind) {
      case StatementFact.SUSPENSION ->
          cuts.stream().anyMatch(cut -> cut.statement().equals(statement.id));
      case StatementFact.INVITATION,
          StatementFact.CONFIRMATION,
          StatementFact.EPOCH,
          StatementFact.GRANT ->
          stands(statement) && authority.coordinates(statement.signer());
      default -> false;
    };
  }

  private void keys(StatementFact each) {
    if (each.kind == StatementFact.EPOCH && opensEpoch(each, authority)) {
      CircleId circle = CircleId.of(each.content.get(1).bytes());
      epochs.computeIfAbsent(circle, any -> new ArrayList<>()).add(each);
      members(each).forEach(member -> seal(circle, EpochId.of(each.id.bytes()), member));
    }
    if (each.kind == StatementFact.GRANT && authority.coordinates(each.signer())) {
      CircleId circle = CircleId.of(each.content.get(1).bytes());
      DeviceId to = DeviceId.of(each.content.get(2).bytes());
      each.content
          .get(3)
          .list()
          .forEach(epoch -> seal(circle, EpochId.of(epoch.at(0).bytes()), to));
    }
  }

  private void seal(CircleId circle, EpochId epoch, DeviceId to) {
    readers.computeIfAbsent(circle, any -> new HashSet<>()).add(to);
    sealed.computeIfAbsent(epoch, any -> new HashSet<>()).add(to);
  }

  private static boolean opensEpoch(StatementFact epoch, OwnAuthority authority) {
    CircleId circle = CircleId.of(epoch.content.get(1).bytes());
    Optional<DeviceId> owner =
        epoch.signers.stream().filter(each -> ownCircle(each).equals(circle)).findFirst();
    if (owner.isPresent()) {
      return members(epoch).equals(Set.of(owner.get()));
    }
    boolean somebodys =
        authority.devices().stream().anyMatch(each -> ownCircle(each).equals(circle));
    return !somebodys && authority.coordinates(epoch.signer());
  }

  static Set<DeviceId> members(StatementFact epoch) {
    Set<DeviceId> members = new HashSet<>();
    epoch.content.get(3).list().forEach(each -> members.add(DeviceId.of(each.at(0).bytes())));
    return members;
  }

  private static CircleId first16(String label, byte[] value) {
    return CircleId.of(java.util.Arrays.copyOf(Hashes.labelled(label, value), 16));
  }

  /** The circle of one device. */
  static CircleId ownCircle(DeviceId device) {
    return first16("cairn/1/circle-device", device.bytes());
  }

  /** The coordinators' circle. */
  Optional<CircleId> desk() {
    return statements.values().stream()
        .filter(each -> each.kind == StatementFact.GENESIS)
        .findFirst()
        .map(genesis -> first16("cairn/1/circle-desk", genesis.salt));
  }

  OwnAuthority authority() {
    return authority;
  }

  boolean isSuspended(DeviceId device) {
    return cuts.stream().anyMatch(cut -> cut.device().equals(device));
  }

  /** Whether what it decides and withdraws has force. */
  boolean decides(DeviceId device) {
    return authority.coordinates(device)
        && cuts.stream().noneMatch(cut -> cut.device().equals(device) && cut.upTo() == null);
  }

  /** Whether a device may fetch what is addressed to a circle. */
  boolean mayRead(DeviceId device, CircleId circle) {
    return authority.isIn(device)
        && !isSuspended(device)
        && !leaving.hasLeft(device, circle)
        && readers.getOrDefault(circle, Set.of()).contains(device);
  }

  /** Whether the seed of an epoch is sealed to a device. */
  boolean isSealedTo(EpochId epoch, DeviceId device) {
    return sealed.getOrDefault(epoch, Set.of()).contains(device);
  }

  /** The epoch that a writer to a circle takes. */
  Optional<EpochId> forWriting(CircleId circle) {
    List<StatementFact> all = epochs.getOrDefault(circle, List.of());
    Set<StatementId> superseded = new HashSet<>();
    all.forEach(each -> superseded.addAll(StatementFact.ids(each.content.get(5))));
    StatementFact best = null;
    long fewest = Long.MAX_VALUE;
    // Ascending by id, so that of equals the lowest stays.
    for (StatementFact each : all) {
      long gone =
          members(each).stream()
              .filter(device -> isSuspended(device) || leaving.hasLeft(device, circle))
              .count();
      if (!superseded.contains(each.id) && gone < fewest) {
        best = each;
        fewest = gone;
      }
    }
    return Optional.ofNullable(best).map(each -> EpochId.of(each.id.bytes()));
  }

  List<OwnCut> cuts(DeviceId device) {
    return cuts.stream().filter(cut -> cut.device().equals(device)).toList();
  }

  /** The releases that widen a suspension. */
  List<StatementFact> releases(OwnCut cut) {
    List<StatementFact> releases = new ArrayList<>();
    for (StatementFact each : statements.values()) {
      boolean ofIt =
          each.kind == StatementFact.RELEASE
              && stands(each)
              && DeviceId.of(each.content.get(1).bytes()).equals(cut.device())
              && StatementFact.ids(each.content.get(2)).contains(cut.statement());
      if (ofIt && authority.coordinates(each.signer()) && !each.signers.contains(cut.device())) {
        boolean ranks = cut.rank() == OwnCut.BY_COORDINATOR || authority.owns(each.signer());
        boolean strong = cut.rank() != OwnCut.BY_RECOVERY || authority.isReplacing(each.signer());
        if (ranks && strong) {
          releases.add(each);
        }
      }
    }
    return releases;
  }

  /** Which of the changes that somebody holds count, as far as suspensions go. */
  Set<ChangeId> counting(Map<ChangeId, ChangeFact> held) {
    Set<ChangeId> counting = new HashSet<>();
    held.values().stream()
        .filter(each -> authority.isIn(each.device))
        .forEach(each -> counting.add(each.id));
    for (OwnCut cut : cuts) {
      List<Cbor.Item> upTo = cut.upTo();
      if (upTo == null) {
        continue;
      }
      Set<ChangeId> within = new HashSet<>();
      Deque<ChangeId> open = new ArrayDeque<>();
      upTo.forEach(each -> open.add(ChangeId.of(each.at(1).bytes())));
      Set<ChangeId> single = new HashSet<>();
      for (StatementFact release : releases(cut)) {
        release.content.get(3).list().forEach(e -> open.add(ChangeId.of(e.at(1).bytes())));
        release.content.get(4).list().forEach(e -> single.add(ChangeId.of(e.bytes())));
      }
      while (!open.isEmpty()) {
        ChangeId next = open.remove();
        ChangeFact fact = held.get(next);
        if (within.add(next) && fact != null) {
          open.addAll(fact.continued());
        }
      }
      within.addAll(single);
      counting.removeIf(
          id -> {
            ChangeFact fact = held.get(id);
            return fact != null && fact.device.equals(cut.device()) && !within.contains(id);
          });
    }
    return counting;
  }
}
