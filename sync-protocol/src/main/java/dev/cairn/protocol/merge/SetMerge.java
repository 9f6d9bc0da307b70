package dev.cairn.protocol.merge;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.merge.Contents.Elements;
import dev.cairn.protocol.merge.SetState.Element;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From additions and removals to a set. An addition which a removal had not seen stays; a removal
 * reaches what its own member added, and what others did only if it is a coordinator's.
 */
final class SetMerge {

  /** One element with all that was said of it. */
  private static final class Told {
    final CborValue value;
    final List<Added> added = new ArrayList<>(1);
    final List<Placed> removed = new ArrayList<>(0);

    Told(CborValue value) {
      this.value = value;
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

  private final RecordGraph graph;
  private final Field field;
  private final Retractions retractions;
  private final Map<CborValue, Told> told = new LinkedHashMap<>();

  SetMerge(RecordGraph graph, Field field, Elements elements, Retractions retractions) {
    this.graph = graph;
    this.field = field;
    this.retractions = retractions;
    for (Placed placed : elements.added) {
      int place = 0;
      for (CborValue value : ((Operation.Add) placed.operation()).values()) {
        told.computeIfAbsent(value, Told::new).added.add(new Added(placed, place++));
      }
    }
    for (Placed placed : elements.removed) {
      for (CborValue value : ((Operation.Remove) placed.operation()).values()) {
        Told element = told.get(value);
        if (element != null) {
          element.removed.add(placed);
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
      Added first = null;
      for (Added added : element.added) {
        if (stands(added.placed(), element)) {
          first = first == null ? added : first;
          stand.add(added.placed().origin());
        } else {
          stood.add(added.placed().origin());
        }
      }
      stand.addAll(stood);
      Element state = new Element(element.value, stand, origins(element.removed));
      if (first != null) {
        present.add(new Ranked(first, state));
      } else {
        past.add(new Ranked(element.added.get(0), state));
      }
    }
    return new SetState(field, inOrder(present), inOrder(past));
  }

  private boolean stands(Placed added, Told element) {
    if (retractions.hides(added, field)) {
      return false;
    }
    for (Placed removed : element.removed) {
      boolean reaches = removed.byCoordinator() || removed.member().equals(added.member());
      if (reaches && graph.hasSeen(removed, added)) {
        return false;
      }
    }
    return true;
  }

  private static List<Origin> origins(List<Placed> all) {
    List<Origin> origins = new ArrayList<>(all.size());
    for (Placed placed : all) {
      origins.add(placed.origin());
    }
    return origins;
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
