package dev.cairn.protocol.feed;

import dev.cairn.protocol.id.ChangeId;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A feed in memory, or what was lately added to one that a store holds: then only additions take
 * memory, and what the store holds is looked up, never copied. Not safe for use by several threads
 * at once.
 */
public final class FeedMemory implements FeedIndex {

  private final @Nullable FeedIndex below;
  private final Map<ChangeId, FeedPlace> places = new HashMap<>();
  private final Map<Audience, Moved> ofAudience = new HashMap<>();
  private final Moved ofFeed = new Moved();

  /** Heads that are new, and those of the index below that are continued by now. */
  private static final class Moved {
    final Set<ChangeId> added = new TreeSet<>();
    final Set<ChangeId> continued = new TreeSet<>();

    boolean isHead(ChangeId change, boolean below) {
      return added.contains(change) || (below && !continued.contains(change));
    }

    Set<ChangeId> over(Set<ChangeId> below) {
      Set<ChangeId> heads = new TreeSet<>(below);
      heads.removeAll(continued);
      heads.addAll(added);
      return heads;
    }

    int count(int below) {
      return below - continued.size() + added.size();
    }
  }

  private FeedMemory(@Nullable FeedIndex below) {
    this.below = below;
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
    for (ChangeId previous : prefix.previous()) {
      ofFeed.added.remove(previous);
      if (below != null && below.isHead(previous)) {
        ofFeed.continued.add(previous);
      }
    }
    ofFeed.added.add(change.id());
    Audience audience = prefix.audience();
    Moved moved = ofAudience.computeIfAbsent(audience, any -> new Moved());
    for (ChangeId previous : prefix.audiencePrevious()) {
      moved.added.remove(previous);
      if (below != null && below.isHead(audience, previous)) {
        moved.continued.add(previous);
      }
    }
    moved.added.add(change.id());
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
    return ofFeed.over(below == null ? Collections.emptySet() : below.heads());
  }

  @Override
  public Set<ChangeId> heads(Audience audience) {
    return moved(audience).over(below == null ? Collections.emptySet() : below.heads(audience));
  }

  @Override
  public boolean isHead(ChangeId change) {
    return ofFeed.isHead(change, below != null && below.isHead(change));
  }

  @Override
  public boolean isHead(Audience audience, ChangeId change) {
    return moved(audience).isHead(change, below != null && below.isHead(audience, change));
  }

  @Override
  public int headCount() {
    return ofFeed.count(below == null ? 0 : below.headCount());
  }

  @Override
  public int headCount(Audience audience) {
    return moved(audience).count(below == null ? 0 : below.headCount(audience));
  }

  private Moved moved(Audience audience) {
    return ofAudience.getOrDefault(audience, new Moved());
  }
}
