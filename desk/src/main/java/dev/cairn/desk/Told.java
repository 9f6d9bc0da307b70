package dev.cairn.desk;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.merge.RecordState;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.RecordKind;
import dev.cairn.protocol.roster.RosterState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What coordinators have confirmed so far, and where this desk says so. A desk speaks of what it
 * may read: of another circle's changes it has seen nothing, and the word of one that was lost or
 * cut off keeps nothing any more; who is left has to have opened it, and to say so.
 */
final class Told {

  private final Map<DeviceId, RecordState> notices = new HashMap<>();
  private final Map<DeviceId, Map<DeviceId, Opening>> openings = new HashMap<>();

  private final DeviceId self;
  private final RosterState roster;

  /** As it is held. */
  Told(Held held, DeviceId self, RosterState roster) {
    this.self = self;
    this.roster = roster;
    for (RecordState state : held.records().states()) {
      if (state.kind() == RecordKind.DEVICE_NOTICE.code()) {
        state
            .statements()
            .forEach(
                entry -> {
                  if (entry.operation() instanceof Operation.Confirm confirm) {
                    add(entry.origin().device(), confirm);
                    if (entry.origin().device().equals(self)) {
                      notices.put(confirm.device(), state);
                    }
                  }
                });
      }
    }
  }

  /** The newest word of one desk about one author. */
  private record Opening(long through, Set<ChangeId> unopened) {

    boolean reaches(Heard change) {
      return change.sequence() <= through;
    }

    boolean lists(Heard change) {
      return unopened.contains(change.change());
    }
  }

  private void add(DeviceId by, Operation.Confirm confirm) {
    openings
        .computeIfAbsent(confirm.device(), any -> new HashMap<>())
        .merge(
            by,
            new Opening(confirm.sequence(), new HashSet<>(confirm.unopened())),
            (before, next) -> next.through() < before.through() ? before : next);
  }

  /** This desk's notice to an author; null if there is none yet. */
  @Nullable RecordState notice(DeviceId author) {
    return notices.get(author);
  }

  /** Whether some desk that may read it told the author that it has opened a change of his. */
  boolean knows(DeviceId author, Heard change) {
    return openings.getOrDefault(author, Map.of()).entrySet().stream()
        .filter(said -> said.getValue().reaches(change) && !said.getValue().lists(change))
        .anyMatch(said -> mayRead(said.getKey(), change));
  }

  private boolean mayRead(DeviceId desk, Heard change) {
    return change.audience().circles().stream().anyMatch(circle -> roster.mayFetch(desk, circle));
  }

  /** Whether this desk told the author that it could not open a change of his. */
  boolean hasListed(DeviceId author, Heard change) {
    Opening own = openings.getOrDefault(author, Map.of()).get(self);
    return own != null && own.lists(change);
  }

  /** Whether this desk told the author anything about a change of his. */
  boolean hasSpoken(DeviceId author, Heard change) {
    Opening own = openings.getOrDefault(author, Map.of()).get(self);
    return own != null && own.reaches(change);
  }
}
