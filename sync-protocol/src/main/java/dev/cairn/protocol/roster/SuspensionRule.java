package dev.cairn.protocol.roster;

import dev.cairn.protocol.id.ChangeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which changes of a suspended device count: those that lie within every bound. The one place that
 * says so, for a server, a desk and a phone alike.
 *
 * @param bounds one for each suspension that names last good changes; with none every change counts
 * @param isBounded whether every suspension names them: if one does not, the device decides
 *     nothing, and nothing of it is logged any more
 */
public record SuspensionRule(List<Bound> bounds, boolean isBounded) {

  /** Keeps its own copy. */
  public SuspensionRule {
    bounds = List.copyOf(bounds);
  }

  /**
   * How far one suspension lets a device be believed, with what was released from it since. Refers
   * to the lists of the statements: copies for each suspension that a release widens would be many
   * times what was sent.
   *
   * @param upTo lists of changes that count with all they continue
   * @param single ascending lists of changes that count by themselves
   */
  public record Bound(List<List<LastGood>> upTo, List<List<ChangeId>> single) {

    /** Keeps its own copies of the outer lists. */
    public Bound {
      upTo = List.copyOf(upTo);
      single = List.copyOf(single);
    }

    static Bound of(List<LastGood> lastGood, List<Release> releases) {
      List<List<LastGood>> upTo = new ArrayList<>();
      List<List<ChangeId>> single = new ArrayList<>();
      upTo.add(lastGood);
      for (Release release : releases) {
        upTo.add(release.upTo());
        single.add(release.single());
      }
      return new Bound(upTo, single);
    }

    /** The changes that count with all they continue, ascending. */
    Collection<LastGood> heads() {
      Set<LastGood> heads = new TreeSet<>();
      upTo.forEach(heads::addAll);
      return heads;
    }

    boolean names(ChangeId change) {
      return single.stream().anyMatch(list -> Collections.binarySearch(list, change) >= 0)
          || isHead(each -> each.change().equals(change));
    }

    /** Whether a change of that place may yet turn out to be continued by one of these. */
    boolean reachesBeyond(long sequence, Predicate<ChangeId> isHeld) {
      return isHead(each -> each.sequence() > sequence && !isHeld.test(each.change()));
    }

    /** Whether a change that counts by itself is not held yet. */
    boolean awaitsSingle(Predicate<ChangeId> isHeld) {
      return single.stream().anyMatch(list -> !list.stream().allMatch(isHeld));
    }

    private boolean isHead(Predicate<LastGood> wanted) {
      return upTo.stream().anyMatch(list -> list.stream().anyMatch(wanted));
    }
  }

  /** Whether every suspension, or a release from it, names this very change. */
  public boolean names(ChangeId change) {
    return isBounded && bounds.stream().allMatch(bound -> bound.names(change));
  }

  /**
   * Whether some suspension, or a release from it, names this very change: once it is held, more of
   * what the device wrote before it may count.
   */
  public boolean isNamed(ChangeId change) {
    return bounds.stream().anyMatch(bound -> bound.names(change));
  }

  /**
   * Whether a server takes a change that it has not logged: it counts, or what would make it count
   * is not there yet. Of a device that is cut off without a list nothing is taken any more, for
   * what was not logged then may have been made since, whatever other suspensions list.
   *
   * @param sequence its place in the feed
   * @param isHeld whether a change is in the log already
   */
  public boolean mayBeLogged(ChangeId change, long sequence, Predicate<ChangeId> isHeld) {
    return isBounded
        && bounds.stream()
            .allMatch(bound -> bound.names(change) || bound.reachesBeyond(sequence, isHeld));
  }

  /**
   * Whether a server takes from a coordinator a change that it has not logged and may not log
   * otherwise: a change that was released by itself is not in the log, and this may lead there.
   * From nobody else, for whoever has the device's key could put anything before it.
   *
   * @param sequence its place in the feed
   * @param isHeld whether a change is in the log already
   */
  public boolean mayLeadToReleased(ChangeId change, long sequence, Predicate<ChangeId> isHeld) {
    return isBounded
        && bounds.stream()
            .allMatch(
                bound ->
                    bound.names(change)
                        || bound.reachesBeyond(sequence, isHeld)
                        || bound.awaitsSingle(isHeld));
  }

  /**
   * Which changes count among those held. Goes through them once, and once more for every 64
   * bounds.
   *
   * @param linksOf what a held change continues: in its feed and among those of its audience; of
   *     one that is not held, nothing
   */
  public Counted counted(Function<ChangeId, ? extends Collection<ChangeId>> linksOf) {
    if (bounds.isEmpty()) {
      return change -> true;
    }
    List<ChangeId> newestFirst = newestFirst(linksOf);
    Set<ChangeId> counting = null;
    for (int from = 0; from < bounds.size(); from += Long.SIZE) {
      List<Bound> some = bounds.subList(from, Math.min(from + Long.SIZE, bounds.size()));
      Set<ChangeId> within = withinAll(some, newestFirst, linksOf);
      if (counting == null) {
        counting = within;
      } else {
        counting.retainAll(within);
      }
    }
    Set<ChangeId> found = counting == null ? Set.of() : counting;
    return found::contains;
  }

  /** All that lies within any bound, each change before those it continues. */
  private List<ChangeId> newestFirst(Function<ChangeId, ? extends Collection<ChangeId>> linksOf) {
    Set<ChangeId> entered = new HashSet<>();
    Set<ChangeId> left = new HashSet<>();
    List<ChangeId> oldestFirst = new ArrayList<>();
    Deque<ChangeId> open = new ArrayDeque<>();
    bounds.forEach(bound -> bound.heads().forEach(head -> open.push(head.change())));
    while (!open.isEmpty()) {
      ChangeId next = open.peek();
      if (entered.add(next)) {
        for (ChangeId link : linksOf.apply(next)) {
          if (!entered.contains(link)) {
            open.push(link);
          }
        }
      } else {
        open.pop();
        if (left.add(next)) {
          oldestFirst.add(next);
        }
      }
    }
    Collections.reverse(oldestFirst);
    return oldestFirst;
  }

  /** Those that lie within each of at most 64 bounds, a bit for each. */
  private static Set<ChangeId> withinAll(
      List<Bound> some,
      List<ChangeId> newestFirst,
      Function<ChangeId, ? extends Collection<ChangeId>> linksOf) {
    Map<ChangeId, Long> within = new HashMap<>();
    for (int i = 0; i < some.size(); i++) {
      long bit = 1L << i;
      some.get(i).upTo().forEach(list -> list.forEach(each -> add(within, each.change(), bit)));
    }
    for (ChangeId change : newestFirst) {
      long bits = within.getOrDefault(change, 0L);
      for (ChangeId link : linksOf.apply(change)) {
        add(within, link, bits);
      }
    }
    for (int i = 0; i < some.size(); i++) {
      long bit = 1L << i;
      some.get(i).single().forEach(list -> list.forEach(change -> add(within, change, bit)));
    }
    long all = some.size() == Long.SIZE ? -1L : (1L << some.size()) - 1;
    within.values().removeIf(bits -> bits != all);
    return within.keySet();
  }

  private static void add(Map<ChangeId, Long> within, ChangeId change, long bits) {
    within.merge(change, bits, (before, more) -> before | more);
  }

  /** The answer of a rule for the changes held by somebody. */
  @FunctionalInterface
  public interface Counted {
    /** Whether a change of the device counts. */
    boolean counts(ChangeId change);
  }
}
