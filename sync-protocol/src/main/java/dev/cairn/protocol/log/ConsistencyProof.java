package dev.cairn.protocol.log;

import dev.cairn.protocol.suite.Digest;
import java.util.ArrayList;
import java.util.List;

/**
 * Proof that a tree only grew: that the first {@code first} leaves of the tree of {@code second}
 * are the whole of an earlier tree (RFC 9162 section 2.1.4, same hashes in the same order).
 *
 * <p>Nothing needs proving between equal sizes, or from the empty tree; there the proof holds no
 * hash and the roots are compared.
 *
 * @param first leaves of the earlier tree, at most {@code second}
 * @param second leaves of the later tree
 */
public record ConsistencyProof(long first, long second, List<Digest> hashes) {

  /**
   * @throws IllegalArgumentException if the first tree is larger than the second, or either too
   *     large
   */
  public ConsistencyProof {
    requireOrder(first, second);
    hashes = List.copyOf(hashes);
  }

  /** Makes the proof from the stored nodes of the later tree. */
  public static ConsistencyProof create(long first, long second, HashSource source) {
    requireOrder(first, second);
    List<Digest> hashes = new ArrayList<>();
    if (first > 0 && first < second) {
      Edge edge = Edge.of(first, second);
      if (edge.firstIndex > 0) {
        hashes.add(TreeShape.hashAt(edge.level, edge.firstIndex, second, source));
      }
      for (; !edge.isRoot(); edge = edge.parent()) {
        if (edge.hasLeft()) {
          hashes.add(TreeShape.hashAt(edge.level, edge.firstIndex - 1, second, source));
        } else if (edge.hasRight()) {
          hashes.add(TreeShape.hashAt(edge.level, edge.firstIndex + 1, second, source));
        }
      }
    }
    return new ConsistencyProof(first, second, hashes);
  }

  /** Whether the proof leads to both roots with no hash left over or missing. */
  public boolean verifies(Digest firstRoot, Digest secondRoot) {
    if (first == second) {
      return hashes.isEmpty() && firstRoot.equals(secondRoot);
    }
    if (first == 0) {
      return hashes.isEmpty() && firstRoot.equals(TreeHash.EMPTY_ROOT);
    }
    Edge edge = Edge.of(first, second);
    int used = 0;
    Digest inFirst = firstRoot;
    if (edge.firstIndex > 0) {
      if (hashes.isEmpty()) {
        return false;
      }
      inFirst = hashes.get(used++);
    }
    Digest inSecond = inFirst;
    for (; !edge.isRoot(); edge = edge.parent()) {
      boolean left = edge.hasLeft();
      if (!left && !edge.hasRight()) {
        continue;
      }
      if (used == hashes.size()) {
        return false;
      }
      Digest sibling = hashes.get(used++);
      if (left) {
        inFirst = TreeHash.node(sibling, inFirst);
        inSecond = TreeHash.node(sibling, inSecond);
      } else {
        inSecond = TreeHash.node(inSecond, sibling);
      }
    }
    return used == hashes.size() && inFirst.equals(firstRoot) && inSecond.equals(secondRoot);
  }

  private static void requireOrder(long first, long second) {
    TreeShape.requireSize(second);
    if (first < 0 || first > second) {
      throw new IllegalArgumentException("no tree of " + first + " inside one of " + second);
    }
  }

  /**
   * One level of the climb: the node where the earlier tree ends, and the last node of the later
   * one. The two trees agree on everything to its left.
   */
  private record Edge(int level, long firstIndex, long lastIndex) {

    /** Begins at the largest complete subtree that ends where the earlier tree ends. */
    static Edge of(long first, long second) {
      int level = Long.numberOfTrailingZeros(first);
      return new Edge(level, (first - 1) >> level, (second - 1) >> level);
    }

    boolean isRoot() {
      return lastIndex == 0;
    }

    boolean hasLeft() {
      return firstIndex % 2 == 1;
    }

    boolean hasRight() {
      return firstIndex < lastIndex;
    }

    Edge parent() {
      return new Edge(level + 1, firstIndex / 2, lastIndex / 2);
    }
  }
}
