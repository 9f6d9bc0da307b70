package dev.cairn.protocol.merge;

import dev.cairn.protocol.feed.Label;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.merge.MergeAuthority.Author;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one record that count, and who had seen what. An erased change is a place in the
 * graph without content: what it was is told by the changes that erase it, so that it makes no
 * difference whether its body was ever held.
 */
final class RecordGraph {

  private final List<Node> nodes;
  private final List<Withdrawn> withdrawn;
  private final Map<ChangeId, Integer> numbers;
  private final Erasures erasures;
  private final MergeAuthority authority;
  private final Ancestry ancestry;
  private final boolean[] named;

  private RecordGraph(
      List<Node> nodes,
      List<Withdrawn> withdrawn,
      Erasures erasures,
      MergeAuthority authority,
      Function<int[][], Ancestry> ancestries) {
    this.nodes = nodes;
    this.withdrawn = withdrawn;
    this.erasures = erasures;
    this.authority = authority;
    this.numbers = new HashMap<>(2 * size());
    for (Node node : nodes) {
      node.number = numbers.size();
      numbers.put(node.id(), node.number);
    }
    for (Withdrawn gone : withdrawn) {
      gone.number = numbers.size();
      numbers.put(gone.change, gone.number);
    }
    int[][] parents = parents();
    this.ancestry = ancestries.apply(parents);
    this.named = named(parents);
  }

  static RecordGraph of(
      Collection<MergeChange> changes, Erasures erasures, MergeAuthority authority) {
    return of(changes, erasures, authority, Ancestry::of);
  }

  /** With another way to tell who had seen what. */
  static RecordGraph of(
      Collection<MergeChange> changes,
      Erasures erasures,
      MergeAuthority authority,
      Function<int[][], Ancestry> ancestries) {
    Map<ChangeId, Node> counted = new HashMap<>(2 * changes.size());
    for (MergeChange change : changes) {
      Author author = authority.author(change.device()).orElse(null);
      if (author != null
          && authority.counts(change.id(), change.device())
          && !erasures.isErased(change.id())) {
        counted.putIfAbsent(change.id(), new Node(change, author));
      }
    }
    List<Withdrawn> withdrawn = withdrawn(counted.values(), erasures);
    List<Node> nodes = new ArrayList<>(counted.values());
    Collections.sort(nodes);
    return new RecordGraph(nodes, withdrawn, erasures, authority, ancestries);
  }

  private static List<Withdrawn> withdrawn(Collection<Node> counted, Erasures erasures) {
    Map<ChangeId, Withdrawn> found = new HashMap<>(0);
    for (Node node : counted) {
      Label erased = erasures.erasedBy(node.id());
      if (erased != null) {
        Withdrawn gone =
            found.computeIfAbsent(erased.change(), id -> new Withdrawn(id, erased.device()));
        gone.by.add(node);
        node.withdraws = gone;
      }
    }
    List<Withdrawn> sorted = new ArrayList<>(found.values());
    Collections.sort(sorted);
    return sorted;
  }

  private int size() {
    return nodes.size() + withdrawn.size();
  }

  private int[][] parents() {
    int[][] parents = new int[size()][];
    for (Node node : nodes) {
      parents[node.number] = resolve(node.change.parents(), node.change.erases());
    }
    for (Withdrawn gone : withdrawn) {
      parents[gone.number] = resolve(gone.parents(), null);
    }
    return parents;
  }

  /** What is not held, or is of another record, was not seen. */
  private int[] resolve(Collection<ChangeId> ids, @Nullable ChangeId erased) {
    int[] found = new int[ids.size() + 1];
    int size = 0;
    for (ChangeId id : ids) {
      Integer number = numbers.get(id);
      if (number != null) {
        found[size++] = number;
      }
    }
    Integer number = erased == null ? null : numbers.get(erased);
    if (number != null) {
      found[size++] = number;
    }
    return Arrays.copyOf(found, size);
  }

  /** Which were seen by another. */
  private boolean[] named(int[][] parents) {
    boolean[] seen = new boolean[size()];
    for (int child = 0; child < parents.length; child++) {
      for (int parent : parents[child]) {
        if (ancestry.depth(parent) != ancestry.depth(child)) {
          seen[ancestry.depth(parent)] = true;
        }
      }
    }
    return seen;
  }

  /** In the order by (clock, device, change). */
  List<Node> nodes() {
    return nodes;
  }

  /** In the order of their ids. */
  List<Withdrawn> withdrawn() {
    return withdrawn;
  }

  /** Why an account of what its change erases is not believed; null if it is. */
  Refusal.@Nullable Reason refusal(Node node, Operation.Erase account) {
    if (node.withdraws == null) {
      return erasures.refusal(node.id());
    }
    return node.withdraws.isAccount(account) ? null : Refusal.Reason.NOT_ITS_AUTHOR;
  }

  @Nullable Node node(ChangeId id) {
    Integer number = numbers.get(id);
    return number == null || number >= nodes.size() ? null : nodes.get(number);
  }

  boolean hasSeen(Placed later, Placed earlier) {
    return later.node() == earlier.node()
        ? later.index() > earlier.index()
        : ancestry.hasSeen(later.node().number, earlier.node().number);
  }

  boolean hasSeen(Node later, Node earlier) {
    return ancestry.hasSeen(later.number, earlier.number);
  }

  /** Adds what a change had seen to a set that {@link #isAmong} asks. */
  void collectSeen(Node later, BitSet seen) {
    ancestry.collectSeen(later.number, seen);
  }

  /** The same, for a change that will be asked about again. */
  void collectSeenAgain(Node later, BitSet seen) {
    ancestry.collectSeenAgain(later.number, seen);
  }

  /** Adds what an erased change had seen to a set that {@link #isAmong} asks. */
  void collectSeen(Withdrawn later, BitSet seen) {
    ancestry.collectSeen(later.number, seen);
  }

  /** Whether the change of this operation is in the set. */
  boolean isAmong(BitSet seen, Placed said) {
    return seen.get(ancestry.depth(said.node().number));
  }

  /** A place in an order in which every change comes after all it has seen. */
  int depth(Node node) {
    return ancestry.depth(node.number);
  }

  /** Whose device that is, as far as the roster tells. */
  @Nullable Author author(DeviceId device) {
    return authority.author(device).orElse(null);
  }

  /** Changes which no other change had seen, the latest last. */
  List<Head> heads() {
    List<Head> heads = new ArrayList<>();
    for (Node node : nodes) {
      if (!named[ancestry.depth(node.number)]) {
        heads.add(new Head(node.id(), node.change.device()));
      }
    }
    return heads;
  }

  /** A head and whose it is. */
  record Head(ChangeId change, DeviceId device) {}
}
