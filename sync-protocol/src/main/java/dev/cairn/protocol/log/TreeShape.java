package dev.cairn.protocol.log;

import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;

/**
 * Where the nodes of a tree of a given size lie, and what an unfinished one at its right edge is.
 */
final class TreeShape {
  private TreeShape() {}

  static void requireSize(long size) {
    if (size < 0 || size > Limits.LOG_LEAVES_MAX) {
      throw new IllegalArgumentException("tree size out of bounds: " + size);
    }
  }

  /** Refuses a run of leaves that is empty, too long, or not wholly inside the tree. */
  static void requireRun(long first, long count, long size) {
    requireSize(size);
    if (!isRun(first, count, size)) {
      throw new IllegalArgumentException(
          "no run of " + count + " leaves at " + first + " in a tree of " + size);
    }
  }

  static boolean isRun(long first, long count, long size) {
    return first >= 0
        && count >= 1
        && count <= Limits.PROOF_RUN_LEAVES_MAX
        && size <= Limits.LOG_LEAVES_MAX
        && first <= size - count;
  }

  /**
   * The hash at a place of a tree of {@code size} leaves. A node at the right edge that lacks
   * leaves is folded from complete ones: a node without a right child is its left child.
   */
  static Digest hashAt(int level, long index, long size, HashSource source) {
    // Compared by shifting down, since (index + 1) << level may overflow at the right edge.
    if (index + 1 <= size >> level) {
      return source.hash(level, index);
    }
    long right = 2 * index + 1;
    boolean hasRight = right <= (size - 1) >> (level - 1);
    if (!hasRight) {
      return hashAt(level - 1, right - 1, size, source);
    }
    return TreeHash.node(source.hash(level - 1, right - 1), hashAt(level - 1, right, size, source));
  }
}
