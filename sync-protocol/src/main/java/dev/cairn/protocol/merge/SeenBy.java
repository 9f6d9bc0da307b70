package dev.cairn.protocol.merge;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What at least one of some operations had seen. Whoever asks this of every statement of a record
 * in a loop within a loop can be kept busy for minutes by two changes of a few hundred bytes; here
 * a question costs the same however many operations there are.
 */
final class SeenBy {

  /** Operations up to which each of them is asked. */
  private static final int FEW = 3;

  /** Changes up to which it costs less to know of each what it had seen than to look anew. */
  private static final int SEVERAL = 64;

  private final RecordGraph graph;

  /**
   * Of each change the last one, which has seen what those before it had: in the order of clocks.
   */
  private final List<Placed> last = new ArrayList<>(1);

  private @Nullable BitSet before;

  /** The change last asked about, and the answer: thousands of operations may share it. */
  private @Nullable Node asked;

  private boolean answer;

  SeenBy(RecordGraph graph) {
    this.graph = graph;
  }

  /** What at least one of these had seen. */
  static SeenBy of(RecordGraph graph, List<Placed> operations) {
    SeenBy seen = new SeenBy(graph);
    operations.forEach(seen::add);
    return seen;
  }

  /** Takes one more; they come in the order of their clocks, and before the first question. */
  void add(Placed operation) {
    asked = null;
    int end = last.size() - 1;
    if (end >= 0 && last.get(end).node() == operation.node()) {
      last.set(end, operation);
    } else {
      last.add(operation);
    }
  }

  boolean contains(Placed said) {
    if (last.size() > FEW) {
      return graph.isAmong(before(), said) || seenWithinItsChange(said);
    }
    return seenByAnother(said.node()) || seenWithinItsChange(said);
  }

  /** Of a change all operations were seen by another, or none. */
  private boolean seenByAnother(Node said) {
    if (said != asked) {
      asked = said;
      answer = false;
      for (int i = 0; i < last.size() && !answer; i++) {
        answer = graph.hasSeen(last.get(i).node(), said);
      }
    }
    return answer;
  }

  private BitSet before() {
    BitSet seen = before;
    if (seen == null) {
      seen = new BitSet();
      for (Placed operation : last) {
        if (last.size() <= SEVERAL) {
          graph.collectSeenAgain(operation.node(), seen);
        } else {
          graph.collectSeen(operation.node(), seen);
        }
      }
      before = seen;
    }
    return seen;
  }

  private boolean seenWithinItsChange(Placed said) {
    int low = 0;
    int high = last.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Integer.compare(last.get(middle).node().number, said.node().number);
      if (order == 0) {
        return last.get(middle).index() > said.index();
      }
      low = order < 0 ? middle + 1 : low;
      high = order < 0 ? high : middle - 1;
    }
    return false;
  }
}
