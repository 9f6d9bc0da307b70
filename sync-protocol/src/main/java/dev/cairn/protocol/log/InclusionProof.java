package dev.cairn.protocol.log;

import dev.cairn.protocol.suite.Digest;
import java.util.ArrayList;
import java.util.List;

/**
 * Proof that one leaf is in a tree, exactly as RFC 9162 section 2.1.3 lays it out: the hashes run
 * from the leaf's sibling up to a child of the root.
 *
 * @param index the leaf's place, from 0
 * @param size leaves in the tree
 * @param hashes at most 53 for the largest tree allowed
 */
public record InclusionProof(long index, long size, List<Digest> hashes) {

  /**
   * @throws IllegalArgumentException if the leaf is not inside the tree or the tree is too large
   */
  public InclusionProof {
    TreeShape.requireRun(index, 1, size);
    hashes = List.copyOf(hashes);
  }

  /** Makes the proof from stored nodes. */
  public static InclusionProof create(long index, long size, HashSource source) {
    TreeShape.requireRun(index, 1, size);
    List<Digest> hashes = new ArrayList<>();
    long last = size - 1;
    int level = 0;
    for (long at = index; last > 0; at /= 2, last /= 2, level++) {
      if (at % 2 == 1) {
        hashes.add(TreeShape.hashAt(level, at - 1, size, source));
      } else if (at < last) {
        hashes.add(TreeShape.hashAt(level, at + 1, size, source));
      }
    }
    return new InclusionProof(index, size, hashes);
  }

  /** Whether the proof leads from the leaf to the root with no hash left over or missing. */
  public boolean verifies(Digest leafHash, Digest root) {
    Digest hash = leafHash;
    int used = 0;
    long last = size - 1;
    for (long at = index; last > 0; at /= 2, last /= 2) {
      boolean isRight = at % 2 == 1;
      if (!isRight && at == last) {
        continue;
      }
      if (used == hashes.size()) {
        return false;
      }
      Digest sibling = hashes.get(used++);
      hash = isRight ? TreeHash.node(sibling, hash) : TreeHash.node(hash, sibling);
    }
    return used == hashes.size() && hash.equals(root);
  }
}
