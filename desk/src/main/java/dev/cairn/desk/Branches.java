package dev.cairn.desk;

import dev.cairn.protocol.id.ChangeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of one author's feed continues what, as far as this desk holds it. A confirmation speaks of
 * what its head continues: in a feed that never forked that is everything of a lower sequence, in
 * one that did it is asked of the changes themselves.
 */
final class Branches {

  private final List<Heard> inOrder;
  private final Map<ChangeId, List<ChangeId>> continued;

  /** Where each change stands in {@link #inOrder}; empty while nothing forked. */
  private final Map<ChangeId, Integer> places = new HashMap<>();

  /**
   * The changes of one author.
   *
   * @param continued what each held change continues
   */
  Branches(List<Heard> feed, Map<ChangeId, List<ChangeId>> continued) {
    this.inOrder = new ArrayList<>(feed);
    this.inOrder.sort(Comparator.comparingLong(Heard::sequence));
    this.continued = continued;
    if (isForked()) {
      for (int i = 0; i < inOrder.size(); i++) {
        places.put(inOrder.get(i).change(), i);
      }
    }
  }

  private boolean isForked() {
    for (int i = 1; i < inOrder.size(); i++) {
      if (inOrder.get(i).sequence() == inOrder.get(i - 1).sequence()) {
        return true;
      }
    }
    return false;
  }

  /** All of them, by sequence. */
  List<Heard> inOrder() {
    return inOrder;
  }

  /** Those of the first so many that none of these continues. */
  List<Heard> heads(int count) {
    if (places.isEmpty()) {
      return inOrder.subList(Math.max(0, count - 1), count);
    }
    Set<ChangeId> joined = new HashSet<>();
    for (Heard change : inOrder.subList(0, count)) {
      joined.addAll(continued.getOrDefault(change.change(), List.of()));
    }
    List<Heard> heads = new ArrayList<>(inOrder.subList(0, count));
    heads.removeIf(change -> joined.contains(change.change()));
    return heads;
  }

  /** What a head of that sequence continues. */
  Reach reach(ChangeId head, long sequence) {
    return new Reach(head, sequence);
  }

  /** What a head continues, and itself. */
  final class Reach {

    private final ChangeId head;
    private final long sequence;
    private final BitSet changes = new BitSet();

    private Reach(ChangeId head, long sequence) {
      this.head = head;
      this.sequence = sequence;
      Deque<ChangeId> next = new ArrayDeque<>();
      next.add(head);
      while (!next.isEmpty()) {
        ChangeId change = next.remove();
        Integer place = places.get(change);
        if (place != null && !changes.get(place)) {
          changes.set(place);
          next.addAll(continued.getOrDefault(change, List.of()));
        }
      }
    }

    /** Whether a change is among it. */
    boolean holds(Heard change) {
      return holds(change.change(), change.sequence());
    }

    /** Whether it holds all of another. */
    boolean holds(Reach other) {
      return other.head.equals(head) || holds(other.head, other.sequence);
    }

    private boolean holds(ChangeId change, long itsSequence) {
      if (places.isEmpty()) {
        return itsSequence <= sequence;
      }
      Integer place = places.get(change);
      return place != null && changes.get(place);
    }
  }
}
