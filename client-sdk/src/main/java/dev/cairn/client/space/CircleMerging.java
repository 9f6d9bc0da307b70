package dev.cairn.client.space;

import dev.cairn.client.held.Holdings;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.CircleState;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.EpochState;
import dev.cairn.protocol.roster.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * At a sync: a coordinator's device brings together what several coordinators did to a circle at
 * once, where it matters: a member lacks the keys that writers take, or who was taken out has them.
 * Epochs that lack nobody stay side by side until somebody gives new keys.
 *
 * <p><b>It ends.</b> Two devices that do it at once leave two epochs that each lack nobody, and
 * nothing to bring together; only a further act of a coordinator makes something due again.
 */
public final class CircleMerging {

  private final Holdings holdings;

  /** In the name of this device. */
  public CircleMerging(Holdings holdings) {
    this.holdings = holdings;
  }

  /**
   * Does it, if this is a coordinator's device that has the keys of all sides, so that it can hand
   * them on.
   *
   * @return whether there is something to send now
   */
  public boolean run() throws CairnException {
    boolean coordinates =
        holdings.roster().device(holdings.device()).map(DeviceEntry::coordinates).orElse(false);
    boolean hasMerged = false;
    if (coordinates) {
      for (CircleState circle : List.copyOf(holdings.roster().circles())) {
        hasMerged |= circle.current().size() > 1 && merge(circle);
      }
    }
    return hasMerged;
  }

  private boolean merge(CircleState circle) throws CairnException {
    if (NewKeys.isOwn(circle) || !hasAllKeys(circle) || !isAmiss(circle)) {
      return false;
    }
    Optional<String> name = new CircleNames(holdings).of(circle);
    Set<DeviceId> members = NewKeys.membersLeft(holdings.roster(), circle);
    NewKeys keys = new NewKeys(holdings, holdings.roster());
    List<EpochId> current = new ArrayList<>();
    circle.current().forEach(epoch -> current.add(epoch.id()));
    // Whoever opens epochs can make it much: then a coordinator looks at it first.
    boolean isLittle =
        members.size() <= Limits.EPOCH_MEMBERS_MAX
            && keys.behind(circle.id(), current, members).size() <= Limits.MERGE_GRANTS_MAX;
    if (!name.isPresent() || members.isEmpty() || !isLittle) {
      return false;
    }
    if (!areInsiders(keys, circle, current) || keys.isHalfHeard(circle)) {
      return false;
    }
    List<Statement> statements = keys.write(circle.id(), name.get(), members, Set.of());
    new LettingIn(holdings).send(statements);
    return true;
  }

  /**
   * Whether whoever opened one of the epochs had the keys of the others. Any coordinator can open
   * an epoch of a circle that he is not in: whom he names there a person has to take in.
   */
  private static boolean areInsiders(NewKeys keys, CircleState circle, List<EpochId> current) {
    return circle.current().stream()
        .allMatch(
            epoch -> current.stream().allMatch(other -> keys.wasGiven(epoch.author(), other)));
  }

  private boolean hasAllKeys(CircleState circle) {
    return circle.current().stream().allMatch(epoch -> holdings.book().key(epoch.id()).isPresent());
  }

  private boolean isAmiss(CircleState circle) {
    Optional<EpochState> newest = circle.forWriting();
    if (!newest.isPresent()) {
      return false;
    }
    Set<DeviceId> sealed = new TreeSet<>();
    newest.get().epoch().members().forEach(each -> sealed.add(each.device()));
    return !sealed.containsAll(NewKeys.membersLeft(holdings.roster(), circle))
        || !circle.members().containsAll(sealed);
  }
}
