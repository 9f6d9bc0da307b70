package dev.cairn.protocol.log;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Merkle tree reduced to what growing it needs: its size and the roots of the complete subtrees
 * along its right edge, one for each bit set in the size, largest first.
 *
 * <p>Immutable, so that a store can grow it, write the result, and drop it if the transaction
 * fails.
 */
public final class CompactTree {
  private static final CompactTree EMPTY = new CompactTree(0, List.of());

  private final long size;
  private final List<Digest> edge;

  private CompactTree(long size, List<Digest> edge) {
    this.size = size;
    this.edge = List.copyOf(edge);
  }

  /**
   * What appending leaves gave.
   *
   * @param tree the tree afterwards
   * @param nodes every subtree that became complete, children before parents: the nodes a store
   *     adds so that it can serve proofs, fewer than two for each leaf
   */
  public record Growth(CompactTree tree, List<StoredNode> nodes) {
    /** Keeps its own copy of the list. */
    public Growth {
      nodes = List.copyOf(nodes);
    }
  }

  /** The tree without leaves. */
  public static CompactTree empty() {
    return EMPTY;
  }

  /**
   * Rebuilds the tree of {@code size} leaves from stored nodes, one for each bit set in the size.
   */
  public static CompactTree load(long size, HashSource source) {
    TreeShape.requireSize(size);
    List<Digest> edge = new ArrayList<>();
    for (long rest = size; rest > 0; rest -= Long.highestOneBit(rest)) {
      int level = Long.numberOfTrailingZeros(Long.highestOneBit(rest));
      edge.add(source.hash(level, (size >> level) - 1));
    }
    return new CompactTree(size, edge);
  }

  /** Leaves in the tree. */
  public long size() {
    return size;
  }

  /** The tree's root; {@link TreeHash#EMPTY_ROOT} without leaves. */
  public Digest root() {
    if (edge.isEmpty()) {
      return TreeHash.EMPTY_ROOT;
    }
    Digest root = edge.get(edge.size() - 1);
    for (int i = edge.size() - 2; i >= 0; i--) {
      root = TreeHash.node(edge.get(i), root);
    }
    return root;
  }

  /** Adds one leaf. */
  public Growth append(Digest leafHash) {
    return append(List.of(leafHash));
  }

  /**
   * Adds leaves in order.
   *
   * @throws IllegalArgumentException if the tree would outgrow its limit
   */
  public Growth append(List<Digest> leafHashes) {
    TreeShape.requireSize(size + leafHashes.size());
    List<StoredNode> nodes = new ArrayList<>(2 * leafHashes.size());
    List<Digest> grown = new ArrayList<>(edge);
    long index = size;
    for (Digest leaf : leafHashes) {
      push(leaf, index++, grown, nodes);
    }
    return new Growth(new CompactTree(index, grown), nodes);
  }

  private static void push(Digest leaf, long index, List<Digest> edge, List<StoredNode> nodes) {
    Digest hash = leaf;
    nodes.add(new StoredNode(0, index, hash));
    int level = 0;
    for (long at = index; at % 2 == 1; at /= 2) {
      hash = TreeHash.node(edge.remove(edge.size() - 1), hash);
      level++;
      nodes.add(new StoredNode(level, at / 2, hash));
    }
    edge.add(hash);
  }

  /** Size as eight big-endian bytes, then the edge's hashes, largest subtree first. */
  public byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(Long.BYTES + edge.size() * Digest.SIZE_BYTES);
    out.putLong(size);
    for (Digest hash : edge) {
      out.put(hash.bytes());
    }
    return out.array();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws MalformedException if the size is out of bounds or the length is not the one it asks
   *     for
   */
  public static CompactTree decode(byte[] encoded) throws MalformedException {
    if (encoded.length < Long.BYTES) {
      throw new MalformedException("compact tree: too short");
    }
    ByteBuffer in = ByteBuffer.wrap(encoded);
    long size = in.getLong();
    if (size < 0 || size > Limits.LOG_LEAVES_MAX) {
      throw new MalformedException("compact tree: size out of bounds");
    }
    if (in.remaining() != Long.bitCount(size) * Digest.SIZE_BYTES) {
      throw new MalformedException("compact tree: length does not fit its size");
    }
    List<Digest> edge = new ArrayList<>();
    while (in.hasRemaining()) {
      byte[] hash = new byte[Digest.SIZE_BYTES];
      in.get(hash);
      edge.add(Digest.of(hash));
    }
    return new CompactTree(size, edge);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CompactTree that && size == that.size && edge.equals(that.edge);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(size) + edge.hashCode();
  }

  @Override
  public String toString() {
    return "CompactTree of " + size;
  }
}
