package dev.cairn.protocol.merge;

import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * For records with more changes than anybody writes by hand. The graph is cut into chains, each a
 * run of changes in which every one names the one before; whoever has seen a change of a chain has
 * seen all before it, so one number a chain tells everything (Jagadish 1990). The longest chains
 * are kept so within a fixed budget. What lies on the others is looked for step by step, once for
 * each change that is asked what it had seen: the answer is kept for the next question, as many as
 * a second budget holds.
 *
 * <p>Not safe for use by several threads at once, as no merge is.
 */
final class ChainAncestry implements Ancestry {

  private static final int BUDGET = 1 << 24;
  private static final int CHAINS_MIN = 16;
  private static final int ROWS_BITS_BUDGET = 1 << 27;
  private static final int ROWS_MIN = 64;
  private static final int NONE = -1;

  private final Condensation order;
  private final int[][] named;
  private final int[] chain;
  private final int[] place;
  private final int slots;
  private final int[] slotOfChain;
  private final int[] reach;
  private final int[] pending;
  private final Rows rows;
  private long steps;

  /** What was found, of the changes asked about last. */
  private static final class Rows extends LinkedHashMap<Integer, BitSet> {
    private static final long serialVersionUID = 1L;

    private final int countMax;

    Rows(int changes) {
      super(16, 0.75f, true);
      this.countMax = Math.max(ROWS_MIN, ROWS_BITS_BUDGET / Math.max(1, changes));
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Integer, BitSet> eldest) {
      return size() > countMax;
    }
  }

  ChainAncestry(Condensation order, int[][] parents) {
    this(order, parents, Math.max(CHAINS_MIN, BUDGET / Math.max(1, parents.length)));
  }

  ChainAncestry(Condensation order, int[][] parents, int slotsMax) {
    this.order = order;
    int count = order.count();
    this.named = byNumber(order, parents);
    this.chain = new int[count];
    this.place = new int[count];
    int[] lengths = cutIntoChains();
    this.slotOfChain = new int[lengths.length];
    this.slots = assignSlots(lengths, slotsMax);
    this.reach = new int[count * slots];
    this.rows = new Rows(count);
    this.pending = new int[count];
    fillReach();
  }

  private static int[][] byNumber(Condensation order, int[][] parents) {
    int[][] named = new int[order.count()][];
    for (int change : order.oldestFirst()) {
      int number = order.numberOf(change);
      int[] before = named[number] == null ? new int[0] : named[number];
      int[] all = Arrays.copyOf(before, before.length + parents[change].length);
      int size = before.length;
      for (int parent : parents[change]) {
        if (order.numberOf(parent) != number) {
          all[size++] = order.numberOf(parent);
        }
      }
      named[number] = Arrays.copyOf(all, size);
    }
    return named;
  }

  private int[] cutIntoChains() {
    int[] lengths = new int[named.length];
    int[] tails = new int[named.length];
    int chains = 0;
    for (int number = 0; number < named.length; number++) {
      int joined = NONE;
      for (int parent : named[number]) {
        if (tails[chain[parent]] == parent) {
          joined = chain[parent];
          break;
        }
      }
      chain[number] = joined == NONE ? chains++ : joined;
      place[number] = lengths[chain[number]]++;
      tails[chain[number]] = number;
    }
    return Arrays.copyOf(lengths, chains);
  }

  /** Gives a slot to each of the longest chains; of equal ones to the first. */
  private int assignSlots(int[] lengths, int slotsMax) {
    int[] sorted = lengths.clone();
    Arrays.sort(sorted);
    int shortest = sorted.length <= slotsMax ? 0 : sorted[sorted.length - slotsMax];
    int given = 0;
    for (int pass = 0; pass < 2; pass++) {
      for (int i = 0; i < lengths.length; i++) {
        boolean wanted = pass == 0 ? lengths[i] > shortest : lengths[i] == shortest;
        if (wanted) {
          slotOfChain[i] = given < slotsMax ? given++ : NONE;
        } else if (lengths[i] < shortest) {
          slotOfChain[i] = NONE;
        }
      }
    }
    return given;
  }

  private void fillReach() {
    for (int number = 0; number < named.length; number++) {
      int to = number * slots;
      for (int parent : named[number]) {
        int from = parent * slots;
        for (int slot = 0; slot < slots; slot++) {
          reach[to + slot] = Math.max(reach[to + slot], reach[from + slot]);
        }
        int own = slotOfChain[chain[parent]];
        if (own != NONE) {
          reach[to + own] = Math.max(reach[to + own], place[parent] + 1);
        }
      }
    }
  }

  @Override
  public boolean hasSeen(int later, int earlier) {
    int from = order.numberOf(later);
    int target = order.numberOf(earlier);
    if (from <= target) {
      return false;
    }
    if (chain[from] == chain[target]) {
      return true;
    }
    int slot = slotOfChain[chain[target]];
    return slot == NONE ? row(from).get(target) : reach[from * slots + slot] > place[target];
  }

  /** Does not go where it was before: what is in the set brought all it had seen with it. */
  @Override
  public void collectSeen(int later, BitSet seen) {
    collect(order.numberOf(later), seen);
  }

  @Override
  public void collectSeenAgain(int later, BitSet seen) {
    seen.or(row(order.numberOf(later)));
  }

  private void collect(int later, BitSet seen) {
    int size = 0;
    pending[size++] = later;
    while (size > 0) {
      for (int parent : named[pending[--size]]) {
        steps++;
        if (!seen.get(parent)) {
          seen.set(parent);
          pending[size++] = parent;
        }
      }
    }
  }

  @Override
  public int depth(int change) {
    return order.numberOf(change);
  }

  private BitSet row(int later) {
    BitSet known = rows.get(later);
    if (known != null) {
      return known;
    }
    BitSet row = new BitSet(later);
    collect(later, row);
    rows.put(later, row);
    return row;
  }

  /** Steps along a parent so far: what the questions cost. */
  long steps() {
    return steps;
  }
}
