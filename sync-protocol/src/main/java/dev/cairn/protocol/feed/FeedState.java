package dev.cairn.protocol.feed;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.limits.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Judges changes of one device's feed against those held, without looking at signatures or into
 * bodies.
 *
 * <p>Whether a change is refused for good follows from the changes it names and from nothing else,
 * so two receivers that heard of a fork in different orders end with the same feed. A branch too
 * many waits: who takes changes one by one, a server or the reader of a bundle, holds no more
 * branches than one change can join. Who reads a log takes what the log took ({@link #ofLog}), or
 * branches that came by hand would shut out those of the log. A session can only be continued along
 * the chain of its audience, from its statement on and without skipping an index: a reader who
 * holds the chain holds the statement.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class FeedState {

  private final SpaceId space;
  private final DeviceId device;
  private final FeedView view;
  private final FeedMemory held;
  private final int headsMax;

  /**
   * Begins with what a store holds.
   *
   * @param space the space the feed belongs to
   * @param device its author
   * @param view how much of the feed its holder may fetch
   * @param index what is held; it is not written to
   */
  public FeedState(SpaceId space, DeviceId device, FeedView view, FeedIndex index) {
    this(space, device, view, index, Limits.FEED_HEADS_MAX);
  }

  private FeedState(SpaceId space, DeviceId device, FeedView view, FeedIndex index, int headsMax) {
    this.headsMax = headsMax;
    this.space = space;
    this.device = device;
    this.view = view;
    this.held = FeedMemory.over(index);
  }

  /** Judges what a log holds, or this store: how many branches there may be is decided already. */
  public static FeedState ofLog(SpaceId space, DeviceId device, FeedView view, FeedIndex index) {
    return new FeedState(space, device, view, index, Integer.MAX_VALUE);
  }

  /** Judges a change and changes nothing. */
  public Verdict check(Change change) {
    Prefix prefix = change.prefix();
    if (!prefix.space().equals(space) || !prefix.device().equals(device)) {
      return new Verdict.Refused(FeedFault.OTHER_FEED);
    }
    if (held.place(change.id()).isPresent()) {
      return new Verdict.Known();
    }
    Set<ChangeId> missing = new TreeSet<>();
    List<FeedPlace> previous =
        view == FeedView.WHOLE ? places(prefix.previous(), missing) : List.of();
    List<FeedPlace> audiencePrevious = places(prefix.audiencePrevious(), missing);
    if (!missing.isEmpty()) {
      return new Verdict.Gap(missing);
    }
    Optional<FeedFault> fault = fault(prefix, previous, audiencePrevious);
    return fault.isPresent() ? new Verdict.Refused(fault.get()) : accepted(prefix);
  }

  /**
   * Judges a change and, if it is to be accepted, counts it among those held from now on.
   *
   * @return what {@link #check} says
   */
  public Verdict accept(Change change) {
    Verdict verdict = check(change);
    if (verdict.accepts()) {
      held.add(change);
    }
    return verdict;
  }

  /** The heads of the feed; without meaning where the view is {@link FeedView#AUDIENCES}. */
  public Set<ChangeId> heads() {
    return held.heads();
  }

  /** The heads of the changes to one audience. */
  public Set<ChangeId> heads(Audience audience) {
    return held.heads(audience);
  }

  private List<FeedPlace> places(List<ChangeId> changes, Set<ChangeId> missing) {
    List<FeedPlace> places = new ArrayList<>(changes.size());
    for (ChangeId change : changes) {
      Optional<FeedPlace> place = held.place(change);
      if (place.isPresent()) {
        places.add(place.get());
      } else {
        missing.add(change);
      }
    }
    return places;
  }

  private Optional<FeedFault> fault(
      Prefix prefix, List<FeedPlace> previous, List<FeedPlace> audiencePrevious) {
    if (view == FeedView.WHOLE) {
      long greatest = previous.stream().mapToLong(FeedPlace::sequence).max().orElse(0);
      if (prefix.sequence() != greatest + 1) {
        return Optional.of(FeedFault.SEQUENCE);
      }
    }
    long greatest = 0;
    for (FeedPlace place : audiencePrevious) {
      if (!place.audience().equals(prefix.audience()) || place.sequence() >= prefix.sequence()) {
        return Optional.of(FeedFault.AUDIENCE);
      }
      greatest = Math.max(greatest, place.audienceSequence());
    }
    if (prefix.audienceSequence() != greatest + 1) {
      return Optional.of(FeedFault.AUDIENCE_SEQUENCE);
    }
    return sessionHolds(prefix, audiencePrevious)
        ? Optional.empty()
        : Optional.of(FeedFault.SESSION);
  }

  private static boolean sessionHolds(Prefix prefix, List<FeedPlace> audiencePrevious) {
    if (prefix.opensSession()) {
      return true;
    }
    int index = prefix.index().getAsInt();
    return audiencePrevious.stream()
        .anyMatch(place -> place.session().equals(prefix.session()) && place.nextIndex() == index);
  }

  private Verdict accepted(Prefix prefix) {
    Audience audience = prefix.audience();
    Set<ChangeId> points = new TreeSet<>();
    boolean forks = false;
    if (view == FeedView.WHOLE) {
      if (isTooMany(prefix.previous(), held::isHead, held.headCount())) {
        return new Verdict.Refused(FeedFault.FORKS);
      }
      forks = forksFrom(prefix.previous(), held::isHead, held.headCount(), points);
    }
    Predicate<ChangeId> isHead = change -> held.isHead(audience, change);
    int heads = held.headCount(audience);
    if (isTooMany(prefix.audiencePrevious(), isHead, heads)) {
      return new Verdict.Refused(FeedFault.FORKS);
    }
    forks |= forksFrom(prefix.audiencePrevious(), isHead, heads, points);
    return forks ? new Verdict.ForkAccepted(points) : new Verdict.Accepted();
  }

  /** What continues or joins heads leaves no more of them than there were. */
  private boolean isTooMany(List<ChangeId> previous, Predicate<ChangeId> isHead, int heads) {
    return heads >= headsMax && previous.stream().noneMatch(isHead);
  }

  /** Whether something held continues from the same place; a head is what nothing continues. */
  private static boolean forksFrom(
      List<ChangeId> previous, Predicate<ChangeId> isHead, int heads, Set<ChangeId> points) {
    if (previous.isEmpty()) {
      return heads > 0;
    }
    boolean forks = false;
    for (ChangeId change : previous) {
      if (!isHead.test(change)) {
        points.add(change);
        forks = true;
      }
    }
    return forks;
  }
}
