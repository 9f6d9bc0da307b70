package dev.cairn.desk;

import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.merge.RecordState;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.RecordKind;
import dev.cairn.protocol.roster.RosterState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
  private final Map<DeviceId, Map<DeviceId, List<Word>>> words = new HashMap<>();
  private final Map<DeviceId, Branches> feeds;

  private final DeviceId self;
  private final RosterState roster;

  /** As it is held. */
  Told(Held held, DeviceId self, RosterState roster) {
    this.self = self;
    this.roster = roster;
    this.feeds = held.feeds();
    for (RecordState state : held.records().states()) {
      if (state.kind() == RecordKind.DEVICE_NOTICE.code()) {
        state
            .statements()
            .forEach(
                entry -> {
                  if (entry.operation() instanceof Operation.Confirm confirm) {
                    CircleId own = Circles.device(confirm.device());
                    if (held.keysUsed().isNewest(entry.origin().change(), own, roster)) {
                      add(entry.origin().device(), confirm);
                    }
                    if (entry.origin().device().equals(self)) {
                      notices.put(confirm.device(), state);
                    }
                  }
                });
      }
    }
  }

  /** A word about one branch of an author's feed, the newest of its desk. */
  private record Word(Branches.Reach reach, Set<ChangeId> unopened) {

    boolean reaches(Heard change) {
      return reach.holds(change);
    }

    boolean lists(Heard change) {
      return unopened.contains(change.change());
    }
  }

  private void add(DeviceId by, Operation.Confirm confirm) {
    Branches feed = feeds.get(confirm.device());
    if (feed == null) {
      return; // Nothing of this author is held.
    }
    List<Word> said =
        words
            .computeIfAbsent(confirm.device(), any -> new HashMap<>())
            .computeIfAbsent(by, any -> new ArrayList<>());
    Branches.Reach reach = feed.reach(confirm.head(), confirm.sequence());
    if (said.stream().allMatch(word -> reach.holds(word.reach()) || !word.reach().holds(reach))) {
      said.removeIf(word -> reach.holds(word.reach()));
      said.add(new Word(reach, new HashSet<>(confirm.unopened())));
    }
  }

  /** This desk's notice to an author; null if there is none yet. */
  @Nullable RecordState notice(DeviceId author) {
    return notices.get(author);
  }

  /** Whether some desk that may read it told the author that it has opened a change of his. */
  boolean knows(DeviceId author, Heard change) {
    return words.getOrDefault(author, Map.of()).entrySet().stream()
        .filter(said -> mayRead(said.getKey(), change))
        .flatMap(said -> said.getValue().stream())
        .anyMatch(word -> word.reaches(change) && !word.lists(change));
  }

  private boolean mayRead(DeviceId desk, Heard change) {
    return change.audience().circles().stream().anyMatch(circle -> roster.mayFetch(desk, circle));
  }

  /** Whether this desk told the author that it could not open a change of his. */
  boolean hasListed(DeviceId author, Heard change) {
    return own(author).stream().anyMatch(word -> word.lists(change));
  }

  /** Whether this desk told the author anything about a change of his. */
  boolean hasSpoken(DeviceId author, Heard change) {
    return own(author).stream().anyMatch(word -> word.reaches(change));
  }

  private List<Word> own(DeviceId author) {
    return words.getOrDefault(author, Map.of()).getOrDefault(self, List.of());
  }
}
