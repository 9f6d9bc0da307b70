package dev.cairn.protocol.merge;

import java.util.BitSet;

/** Which change had seen which: the ancestors in the graph of one record's changes. */
interface Ancestry {

  /** Changes up to which a bit for every pair is affordable: 8 MiB. */
  int BITS_CHANGES_MAX = 8192;

  /**
   * Whether the author of one change had the other before them. Never true of a change and itself,
   * nor of two changes that reach each other: honest parents are hashes and cannot run in a circle,
   * but an erasure tells the parents of another change, and whoever lies there gains nothing.
   */
  boolean hasSeen(int later, int earlier);

  /** A place in an order in which every change comes after all it has seen. */
  int depth(int change);

  /**
   * Adds the {@link #depth} of everything that a change had seen.
   *
   * @param seen takes them; empty, or filled by this method only
   */
  void collectSeen(int later, BitSet seen);

  /**
   * The same, for a change that will be asked about again: each of thousands of fields may be
   * stated by the same few changes.
   */
  default void collectSeenAgain(int later, BitSet seen) {
    collectSeen(later, seen);
  }

  /**
   * From the parents of each change.
   *
   * @param parents for each change the numbers of those it names
   */
  static Ancestry of(int[][] parents) {
    return of(parents, BITS_CHANGES_MAX);
  }

  static Ancestry of(int[][] parents, int bitsChangesMax) {
    Condensation order = Condensation.of(parents);
    return parents.length <= bitsChangesMax
        ? new BitAncestry(order, parents)
        : new ChainAncestry(order, parents);
  }
}
