package dev.cairn.protocol.log;

import dev.cairn.protocol.suite.Digest;

/**
 * Gives out the stored hashes of complete subtrees, from which every proof is made.
 *
 * <p>The node at ({@code level}, {@code index}) covers the leaves from {@code index << level} up
 * to, not including, {@code (index + 1) << level}. Proof makers ask only for nodes that lie wholly
 * inside the tree size they were given, a number of them that grows with its logarithm; these are
 * exactly the nodes that {@link CompactTree#append} handed out to be stored.
 */
@FunctionalInterface
public interface HashSource {

  /**
   * The hash of one complete subtree.
   *
   * @throws RuntimeException if the node is not there; proof makers let it pass through
   */
  Digest hash(int level, long index);
}
