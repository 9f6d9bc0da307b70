package dev.cairn.protocol.frame;

import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.CheckpointRef;
import dev.cairn.protocol.feed.FeedPlace;
import dev.cairn.protocol.feed.Prefix;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.SessionId;
import dev.cairn.protocol.id.StatementId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What both ends of a stream remember of one device's earlier items, and therefore what an item may
 * leave out. Every method answers with the value a left-out field is rebuilt as, or null where
 * nothing can be rebuilt and the field must be written.
 */
final class FrameMemory {

  private record Last(ChangeId id, FeedPlace place) {}

  private final Map<Audience, Last> byAudience;
  private @Nullable Prefix previous;
  private @Nullable ChangeId previousId;

  FrameMemory() {
    byAudience = new HashMap<>();
  }

  private FrameMemory(FrameMemory other) {
    byAudience = new HashMap<>(other.byAudience);
    previous = other.previous;
    previousId = other.previousId;
  }

  FrameMemory copy() {
    return new FrameMemory(this);
  }

  void add(Change change) {
    previous = change.prefix();
    previousId = change.id();
    byAudience.put(previous.audience(), new Last(change.id(), FeedPlace.of(previous)));
  }

  boolean knows(Audience audience) {
    return byAudience.containsKey(audience);
  }

  int audiences() {
    return byAudience.size();
  }

  @Nullable Long sequence() {
    return previous == null ? null : previous.sequence() + 1;
  }

  @Nullable List<ChangeId> previous() {
    return previousId == null ? null : List.of(previousId);
  }

  @Nullable Audience audience() {
    return previous == null ? null : previous.audience();
  }

  @Nullable Long audienceSequence(Audience audience) {
    Last last = byAudience.get(audience);
    return last == null ? null : last.place.audienceSequence() + 1;
  }

  /** Never null: the first item of an audience may leave out what equals its {@code previous}. */
  List<ChangeId> audiencePrevious(Audience audience, List<ChangeId> itemPrevious) {
    Last last = byAudience.get(audience);
    return last == null ? itemPrevious : List.of(last.id);
  }

  /** Not for session statements, which always write their session. */
  @Nullable SessionId session(Audience audience) {
    Last last = byAudience.get(audience);
    return last == null ? null : last.place.session();
  }

  /** Not for session statements, which have no index. */
  @Nullable Integer index(Audience audience, SessionId session) {
    Last last = byAudience.get(audience);
    return last == null || !last.place.session().equals(session) ? null : last.place.nextIndex();
  }

  @Nullable List<StatementId> rosterHeads() {
    return previous == null ? null : previous.rosterHeads();
  }

  /** Whether a checkpoint can be rebuilt: the previous item's, or that it has none. */
  boolean rebuildsCheckpoint() {
    return previous != null;
  }

  /** The checkpoint that is rebuilt; to be asked only if one can be. */
  Optional<CheckpointRef> checkpoint() {
    return previous == null ? Optional.empty() : previous.checkpoint();
  }
}
