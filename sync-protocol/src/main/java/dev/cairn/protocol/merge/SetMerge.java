package dev.cairn.protocol.merge;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.merge.Contents.Elements;
import dev.cairn.protocol.merge.SetState.Element;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * From additions and removals to a set. An addition which a removal had not seen stays; a removal
 * reaches what its own member added, and what others did only if it is a coordinator's.
 */
final class SetMerge {

  /** One element with all that was said of it. */
  private static final class Told {
    final CborValue value;
    final List<Added> added = new ArrayList<>(1);
    @Nullable Taken taken;

    Told(CborValue value) {
      this.value = value;
    }

    boolean isTaken(Added addition) {
      return taken != null && taken.reaches(addition.placed());
    }

    List<Origin> removed() {
      return taken == null ? Collections.emptyList() : Frozen.list(taken.origins);
    }
  }

  /** The removals of one element, of each change the last. */
  private static final class Taken {
    final SeenBy byCoordinators;
    final ByMember own;
    final List<Origin> origins = new ArrayList<>(1);

    Taken(RecordGraph graph) {
      byCoordinators = new SeenBy(graph);
      own = new ByMember(graph);
    }

    void add(Placed removal) {
      own.add(removal);
      if (removal.byCoordinator()) {
        byCoordinators.add(removal);
      }
      int end = origins.size() - 1;
      if (end >= 0 && origins.get(end).change().equals(removal.change())) {
        origins.set(end, removal.origin());
      } else {
        origins.add(removal.origin());
      }
    }

    boolean reaches(Placed addition) {
      return own.reaches(addition) || byCoordinators.contains(addition);
    }
  }

  /** One addition, with the place of the element in its operation. */
  private record Added(Placed placed, int place) implements Comparable<Added> {
    @Override
    public int compareTo(Added other) {
      int order = placed.compareTo(other.placed);
      return order != 0 ? order : Integer.compare(place, other.place);
    }
  }

  /** An element of the state, and the addition which gives it its place. */
  private record Ranked(Added first, Element element) implements Comparable<Ranked> {
    @Override
    public int compareTo(Ranked other) {
      return first.compareTo(other.first);
    }
  }

  private final Field field;
  private final Retractions retractions;
  private final Map<Encoded, Told> told = new TreeMap<>();

  SetMerge(RecordGraph graph, Field field, Elements elements, Retractions retractions) {
    this.field = field;
    this.retractions = retractions;
    for (Placed placed : elements.added) {
      int place = 0;
      for (CborValue value : ((Operation.Add) placed.operation()).values()) {
        Told element = told.computeIfAbsent(new Encoded(value), any -> new Told(value));
        element.added.add(new Added(placed, place++));
      }
    }
    for (Placed placed : elements.removed) {
      for (CborValue value : ((Operation.Remove) placed.operation()).values()) {
        Told element = told.get(new Encoded(value));
        if (element != null) {
          element.taken = element.taken == null ? new Taken(graph) : element.taken;
          element.taken.add(placed);
        }
      }
    }
  }

  SetState state() {
    List<Ranked> present = new ArrayList<>(told.size());
    List<Ranked> past = new ArrayList<>(0);
    for (Told element : told.values()) {
      List<Origin> stand = new ArrayList<>(1);
      List<Origin> stood = new ArrayList<>(0);
      Added first = firstStanding(element, stand, stood);
      stand.addAll(stood);
      Element state = new Element(element.value, stand, element.removed());
      if (first != null) {
        present.add(new Ranked(first, state));
      } else {
        past.add(new Ranked(element.added.get(0), state));
      }
    }
    return new SetState(field, inOrder(present), inOrder(past));
  }

  /** Sorts additions by whether they stand; of each change the first that does, else its first. */
  private @Nullable Added firstStanding(Told element, List<Origin> stand, List<Origin> stood) {
    Added first = null;
    int next = 0;
    while (next < element.added.size()) {
      Added ofChange = element.added.get(next);
      Node change = ofChange.placed().node();
      boolean stands = false;
      for (; next < element.added.size(); next++) {
        Added added = element.added.get(next);
        if (added.placed().node() != change) {
          break;
        }
        if (!stands && stands(added, element)) {
          stands = true;
          ofChange = added;
        }
      }
      first = first == null && stands ? ofChange : first;
      (stands ? stand : stood).add(ofChange.placed().origin());
    }
    return first;
  }

  private boolean stands(Added added, Told element) {
    return !retractions.hides(added.placed(), field) && !element.isTaken(added);
  }

  private static List<Element> inOrder(List<Ranked> ranked) {
    Collections.sort(ranked);
    List<Element> elements = new ArrayList<>(ranked.size());
    for (Ranked one : ranked) {
      elements.add(one.element());
    }
    return elements;
  }
}
