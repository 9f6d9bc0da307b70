package dev.cairn.desk;

import dev.cairn.client.held.HeldChange;
import dev.cairn.protocol.envelope.Body;
import dev.cairn.protocol.feed.EpochKey;
import dev.cairn.protocol.feed.Opening;
import dev.cairn.protocol.feed.Prefix;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.id.SessionId;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.RecordKind;
import dev.cairn.protocol.roster.RosterState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Under which keys coordinators' words to single devices went. A device destroys old keys of its
 * own circle, and one that was put back to an old backup lacks the newest: under those it has since
 * it can be told again: a confirmation says all that was said before, and who asked a question is
 * shown that the key was replaced.
 */
final class KeysUsed {

  private record Session(DeviceId device, SessionId id) {}

  private final Map<Session, Set<EpochId>> sealed = new HashMap<>();
  private final Map<ChangeId, Session> words = new HashMap<>();

  /** Takes note of a change that is held. */
  void heard(HeldChange held) {
    Prefix prefix = held.change().prefix();
    Session session = new Session(prefix.device(), prefix.session());
    List<Opening> openings = prefix.openings();
    if (openings.size() > 1) {
      Set<EpochId> epochs = sealed.computeIfAbsent(session, any -> new HashSet<>());
      openings.forEach(opening -> epochs.add(opening.epoch()));
    }
    held.opened()
        .filter(opened -> isWord(opened.body()))
        .ifPresent(word -> words.put(held.change().id(), session));
  }

  private static boolean isWord(Body body) {
    return body.kind() == RecordKind.DEVICE_NOTICE.code()
        || body.operations().stream().anyMatch(said -> said instanceof Operation.Ask);
  }

  /** Whether a word went under the key that one writes to a device under now. */
  boolean isNewest(ChangeId word, CircleId own, RosterState roster) {
    Set<EpochId> used = sealed.get(words.get(word));
    Optional<EpochId> newest = roster.writingKey(own).map(EpochKey::epoch);
    return used == null || !newest.isPresent() || used.contains(newest.get());
  }
}
