package dev.cairn.protocol.log;

import dev.cairn.protocol.suite.Digest;

/**
 * A tree of any size whose leaves are all alike but one, so that trees far too large to hold can be
 * proven from.
 */
final class VirtualTree implements HashSource {
  static final Digest ORDINARY = TreeVectors.filler("ordinary");
  static final Digest MARKED = TreeVectors.filler("marked");
  private static final Digest[] ALIKE = new Digest[64];

  static {
    ALIKE[0] = ORDINARY;
    for (int level = 1; level < ALIKE.length; level++) {
      ALIKE[level] = TreeHash.node(ALIKE[level - 1], ALIKE[level - 1]);
    }
  }

  private final long marked;

  VirtualTree(long marked) {
    this.marked = marked;
  }

  @Override
  public Digest hash(int level, long index) {
    if (marked >> level != index) {
      return ALIKE[level];
    }
    if (level == 0) {
      return MARKED;
    }
    return TreeHash.node(hash(level - 1, 2 * index), hash(level - 1, 2 * index + 1));
  }
}
