package dev.cairn.protocol.log;

import dev.cairn.protocol.suite.Digest;
import java.util.ArrayList;
import java.util.List;

/**
 * The tree and its proofs as RFC 6962 section 2.1 defines them, by recursion over the leaves: slow,
 * and written from the text without a look at how the product does it.
 */
final class ReferenceTree {
  private ReferenceTree() {}

  /** MTH. */
  static Digest root(List<Digest> leaves) {
    int n = leaves.size();
    if (n == 0) {
      return TreeHash.EMPTY_ROOT;
    }
    if (n == 1) {
      return leaves.get(0);
    }
    int k = split(n);
    return TreeHash.node(root(leaves.subList(0, k)), root(leaves.subList(k, n)));
  }

  /** PATH(m, D[n]). */
  static List<Digest> path(int m, List<Digest> leaves) {
    int n = leaves.size();
    if (n == 1) {
      return new ArrayList<>();
    }
    int k = split(n);
    List<Digest> path;
    if (m < k) {
      path = path(m, leaves.subList(0, k));
      path.add(root(leaves.subList(k, n)));
    } else {
      path = path(m - k, leaves.subList(k, n));
      path.add(root(leaves.subList(0, k)));
    }
    return path;
  }

  /** PROOF(m, D[n]), 0 < m < n. */
  static List<Digest> proof(int m, List<Digest> leaves) {
    return subProof(m, leaves, true);
  }

  private static List<Digest> subProof(int m, List<Digest> leaves, boolean known) {
    int n = leaves.size();
    if (m == n) {
      List<Digest> proof = new ArrayList<>();
      if (!known) {
        proof.add(root(leaves));
      }
      return proof;
    }
    int k = split(n);
    List<Digest> proof;
    if (m <= k) {
      proof = subProof(m, leaves.subList(0, k), known);
      proof.add(root(leaves.subList(k, n)));
    } else {
      proof = subProof(m - k, leaves.subList(k, n), false);
      proof.add(root(leaves.subList(0, k)));
    }
    return proof;
  }

  /** The walk of PROTOCOL section 6: the hashes that prove the leaves [from, to). */
  static List<Digest> range(int from, int to, List<Digest> leaves) {
    List<Digest> hashes = new ArrayList<>();
    walk(from, to, leaves, hashes);
    return hashes;
  }

  private static void walk(int from, int to, List<Digest> leaves, List<Digest> hashes) {
    int n = leaves.size();
    if (to <= 0 || from >= n) {
      hashes.add(root(leaves));
    } else if (from > 0 || to < n) {
      int k = split(n);
      walk(from, to, leaves.subList(0, k), hashes);
      walk(from - k, to - k, leaves.subList(k, n), hashes);
    }
  }

  /** The largest power of two smaller than n. */
  private static int split(int n) {
    return Integer.highestOneBit(n - 1);
  }
}
