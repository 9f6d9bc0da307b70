package dev.cairn.protocol.feed;

import dev.cairn.protocol.id.ChangeId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A feed in memory, or what was lately added to one that a store holds. Not safe for use by several
 * threads at once.
 */
public final class FeedMemory implements FeedIndex {

  private final @Nullable FeedIndex below;
  private final Map<ChangeId, FeedPlace> places = new HashMap<>();
  private final Map<Audience, Set<ChangeId>> audienceHeads = new HashMap<>();
  private final Set<ChangeId> heads = new TreeSet<>();

  private FeedMemory(@Nullable FeedIndex below) {
    this.below = below;
    if (below != null) {
      heads.addAll(below.heads());
    }
  }

  /** Begins with nothing. */
  public static FeedMemory empty() {
    return new FeedMemory(null);
  }

  /** Begins with what another index holds; only additions take memory. */
  public static FeedMemory over(FeedIndex below) {
    return new FeedMemory(below);
  }

  /** Adds a change that {@link FeedState} accepts, or that its author has just written. */
  public void add(Change change) {
    Prefix prefix = change.prefix();
    places.put(change.id(), FeedPlace.of(prefix));
    prefix.previous().forEach(heads::remove);
    heads.add(change.id());
    Set<ChangeId> ofAudience = headsOf(prefix.audience());
    prefix.audiencePrevious().forEach(ofAudience::remove);
    ofAudience.add(change.id());
  }

  @Override
  public Optional<FeedPlace> place(ChangeId change) {
    FeedPlace place = places.get(change);
    if (place != null) {
      return Optional.of(place);
    }
    return below == null ? Optional.empty() : below.place(change);
  }

  @Override
  public Set<ChangeId> heads() {
    return new TreeSet<>(heads);
  }

  @Override
  public Set<ChangeId> heads(Audience audience) {
    return new TreeSet<>(headsOf(audience));
  }

  private Set<ChangeId> headsOf(Audience audience) {
    return audienceHeads.computeIfAbsent(
        audience, key -> below == null ? new TreeSet<>() : new TreeSet<>(below.heads(key)));
  }
}
