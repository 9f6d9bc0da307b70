package dev.cairn.client.space;

import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.RosterBook;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.roster.CircleState;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.EpochKeyRing;
import dev.cairn.protocol.roster.EpochState;
import dev.cairn.protocol.roster.Grant;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.SigningKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The statements by which a circle gets new keys: an epoch that supersedes every current one, and
 * grants. Where it merges epochs of several people, each member is given the keys of those that
 * were not sealed to it: what is written under them is for it as well.
 */
final class NewKeys {

  private final Holdings holdings;
  private final RosterState state;

  /** Continues a state, which may be ahead of what is held. */
  NewKeys(Holdings holdings, RosterState state) {
    this.holdings = holdings;
    this.state = state;
  }

  /** Whether it is a device's own: nobody else opens an epoch of that. */
  static boolean isOwn(CircleState circle) {
    return circle.epochs().stream()
        .limit(1)
        .anyMatch(epoch -> Circles.device(epoch.author()).equals(circle.id()));
  }

  /**
   * The members of a circle that are in and not cut off. Of the coordinators' circle they are the
   * coordinators, whatever its epochs say: who opened one that names others, or leaves colleagues
   * out, is not carried on.
   */
  static Set<DeviceId> membersLeft(RosterState state, CircleState circle) {
    TreeSet<DeviceId> left = new TreeSet<>();
    if (state.desk().map(circle.id()::equals).orElse(false)) {
      for (DeviceEntry entry : state.devices()) {
        if (entry.coordinates()) {
          left.add(entry.device());
        }
      }
      return left;
    }
    for (DeviceId member : circle.members()) {
      if (isLeft(state.device(member))) {
        left.add(member);
      }
    }
    return left;
  }

  private static boolean isLeft(Optional<DeviceEntry> entry) {
    return entry.map(each -> !each.isSuspended()).orElse(false);
  }

  /**
   * Writes them.
   *
   * @param members whom the epoch is for: in, not cut off, no more than an epoch has
   * @param withArchive those of them who are given every earlier key that this device holds
   */
  List<Statement> write(
      CircleId circle,
      String name,
      Collection<DeviceId> members,
      Collection<DeviceId> withArchive) {
    Statement epoch = writer(state).epoch(circle, name, members, key()).statement();
    List<Statement> statements = new ArrayList<>();
    statements.add(epoch);
    RosterWriter then = writer(state.with(epoch));
    for (DeviceId device : withArchive) {
      statements.addAll(then.grants(circle, device, ring(), key()));
    }
    Set<EpochId> merged = merged(circle);
    for (DeviceId device : behind(circle, merged, members)) {
      if (!withArchive.contains(device)) {
        Set<EpochId> due = dueTo(device, merged);
        statements.addAll(then.grants(circle, device, due, ring(), key()));
      }
    }
    return statements;
  }

  /**
   * Of epochs that are merged those that a device may be handed by itself: who took it in had them.
   * A coordinator who is not in a circle can open an epoch of it, and so could hand out to himself,
   * or to anybody, what he has no keys to.
   */
  private Set<EpochId> dueTo(DeviceId device, Set<EpochId> merged) {
    Set<EpochId> due = new TreeSet<>();
    for (EpochId id : merged) {
      Optional<EpochState> naming = state.epoch(id);
      if (naming.flatMap(each -> each.epoch().sealFor(device)).isPresent()) {
        for (EpochId other : merged) {
          if (wasGiven(naming.map(EpochState::author).orElse(device), other)) {
            due.add(other);
          }
        }
      }
    }
    return due;
  }

  /** Whether a device has the key of an epoch, by what was ever signed. */
  boolean wasGiven(DeviceId device, EpochId id) {
    Optional<EpochState> epoch = state.epoch(id);
    boolean isSealed =
        epoch.map(each -> each.author().equals(device)).orElse(false)
            || epoch.flatMap(each -> each.epoch().sealFor(device)).isPresent();
    return isSealed
        || state.statements().stream()
            .map(Statement::content)
            .filter(Grant.class::isInstance)
            .map(Grant.class::cast)
            .filter(grant -> grant.device().equals(device))
            .anyMatch(grant -> grant.seeds().stream().anyMatch(seed -> seed.epoch().equals(id)));
  }

  /**
   * Whether the newest that is known of a circle came by hand, and with it not all who are in it:
   * new keys would take out for good whom this device has only not heard of.
   */
  boolean isHalfHeard(CircleState circle) throws CairnException {
    for (EpochState epoch : circle.current()) {
      boolean namesStrangers =
          epoch.epoch().members().stream().anyMatch(each -> !state.everIn(each.device()));
      StatementId statement = StatementId.of(epoch.id().bytes());
      if (namesStrangers
          && !holdings.store().read(rows -> RosterBook.position(rows, statement)).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** The epochs that a new one merges; none if it only continues one. */
  private Set<EpochId> merged(CircleId circle) {
    Set<EpochId> current = new TreeSet<>();
    state
        .circle(circle)
        .ifPresent(found -> found.current().forEach(epoch -> current.add(epoch.id())));
    return current.size() > 1 ? current : new TreeSet<>();
  }

  /** Of some devices those that were members and that one of these epochs is not sealed to. */
  Set<DeviceId> behind(CircleId circle, Collection<EpochId> epochs, Collection<DeviceId> devices) {
    Set<DeviceId> before = state.circle(circle).map(CircleState::members).orElse(Set.of());
    TreeSet<DeviceId> behind = new TreeSet<>();
    for (EpochId id : epochs) {
      Optional<EpochState> epoch = state.epoch(id);
      for (DeviceId device : devices) {
        boolean isSealed = epoch.flatMap(each -> each.epoch().sealFor(device)).isPresent();
        if (!isSealed && before.contains(device)) {
          behind.add(device);
        }
      }
    }
    return behind;
  }

  private EpochKeyRing ring() {
    return holdings.book().keys();
  }

  private RosterWriter writer(RosterState now) {
    return new RosterWriter(now, holdings.host().randomness());
  }

  private SigningKey key() {
    return holdings.identity().signingKey();
  }
}
