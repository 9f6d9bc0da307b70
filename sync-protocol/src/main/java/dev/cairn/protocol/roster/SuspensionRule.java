package dev.cairn.protocol.roster;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.StatementId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which changes of a suspended device count: those that lie within every bound. The one place that
 * says so, for a server, a desk and a phone alike.
 *
 * @param bounds one for each suspension that names last good changes; with none every change counts
 */
public record SuspensionRule(List<Bound> bounds) {

  /** Keeps its own copy. */
  public SuspensionRule {
    bounds = List.copyOf(bounds);
  }

  /**
   * How far one suspension lets a device be believed, with what was released from it since.
   *
   * @param upTo changes that count with all they continue
   * @param single changes that count by themselves
   */
  public record Bound(List<LastGood> upTo, Set<ChangeId> single) {

    /** Keeps its own copies. */
    public Bound {
      upTo = List.copyOf(upTo);
      single = Set.copyOf(single);
    }

    static Bound of(StatementId suspension, List<LastGood> lastGood, List<Release> releases) {
      Set<LastGood> upTo = new TreeSet<>(lastGood);
      Set<ChangeId> single = new TreeSet<>();
      for (Release release : releases) {
        if (release.suspensions().contains(suspension)) {
          upTo.addAll(release.upTo());
          single.addAll(release.single());
        }
      }
      return new Bound(new ArrayList<>(upTo), single);
    }

    boolean names(ChangeId change) {
      return single.contains(change)
          || upTo.stream().anyMatch(each -> each.change().equals(change));
    }

    /** Whether a change of that place may yet turn out to be continued by one of these. */
    boolean reachesBeyond(long sequence, Predicate<ChangeId> isHeld) {
      return upTo.stream()
          .anyMatch(each -> each.sequence() > sequence && !isHeld.test(each.change()));
    }
  }

  /** Whether any suspension says which changes count: without one the device decides nothing. */
  public boolean isBounded() {
    return !bounds.isEmpty();
  }

  /** Whether every suspension, or a release from it, names this very change. */
  public boolean names(ChangeId change) {
    return isBounded() && bounds.stream().allMatch(bound -> bound.names(change));
  }

  /**
   * Whether a server takes a change that it has not logged: it counts, or what would make it count
   * is not there yet. Of a device that is cut off without a list nothing is taken any more, for
   * what was not logged then may have been made since.
   *
   * @param sequence its place in the feed
   * @param isHeld whether a change is in the log already
   */
  public boolean mayBeLogged(ChangeId change, long sequence, Predicate<ChangeId> isHeld) {
    return isBounded()
        && bounds.stream()
            .allMatch(bound -> bound.names(change) || bound.reachesBeyond(sequence, isHeld));
  }

  /**
   * Which changes count among those held.
   *
   * @param linksOf what a held change continues: in its feed and among those of its audience; of
   *     one that is not held, nothing
   */
  public Counted counted(Function<ChangeId, ? extends Collection<ChangeId>> linksOf) {
    List<Set<ChangeId>> within = new ArrayList<>();
    for (Bound bound : bounds) {
      Set<ChangeId> reached = new HashSet<>();
      List<ChangeId> open = new ArrayList<>();
      bound.upTo().forEach(each -> open.add(each.change()));
      while (!open.isEmpty()) {
        ChangeId next = open.remove(open.size() - 1);
        if (reached.add(next)) {
          open.addAll(linksOf.apply(next));
        }
      }
      reached.addAll(bound.single());
      within.add(reached);
    }
    return change -> within.stream().allMatch(reached -> reached.contains(change));
  }

  /** The answer of a rule for the changes held by somebody. */
  @FunctionalInterface
  public interface Counted {
    /** Whether a change of the device counts. */
    boolean counts(ChangeId change);
  }
}
