package dev.cairn.protocol.merge;

import java.util.Arrays;
import java.util.BitSet;

/** A bit for every pair of changes: quick, and small while a record is. */
final class BitAncestry implements Ancestry {

  private final Condensation order;
  private final int words;
  private final long[] rows;

  BitAncestry(Condensation order, int[][] parents) {
    this.order = order;
    this.words = (order.count() + 63) >>> 6;
    this.rows = new long[order.count() * words];
    for (int change : order.oldestFirst()) {
      int row = order.numberOf(change);
      for (int parent : parents[change]) {
        include(row, order.numberOf(parent));
      }
    }
  }

  private void include(int row, int parent) {
    if (row == parent) {
      return;
    }
    int to = row * words;
    int from = parent * words;
    int last = parent >>> 6;
    for (int word = 0; word <= last; word++) {
      rows[to + word] |= rows[from + word];
    }
    rows[to + last] |= 1L << parent;
  }

  @Override
  public boolean hasSeen(int later, int earlier) {
    int row = order.numberOf(later);
    int column = order.numberOf(earlier);
    return (rows[row * words + (column >>> 6)] >>> column & 1) != 0;
  }

  @Override
  public void collectSeen(int later, BitSet seen) {
    int row = order.numberOf(later) * words;
    seen.or(BitSet.valueOf(Arrays.copyOfRange(rows, row, row + words)));
  }

  @Override
  public int depth(int change) {
    return order.numberOf(change);
  }
}
