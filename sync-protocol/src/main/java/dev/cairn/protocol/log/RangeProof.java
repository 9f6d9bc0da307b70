package dev.cairn.protocol.log;

import dev.cairn.protocol.suite.Digest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Proof that a run of leaves is in a tree: the fewest hashes that, with the run's own leaf hashes,
 * give the root.
 *
 * <p>The hashes stand in the order in which a walk of the tree meets them, from the root, left
 * child before right: a subtree that holds no leaf of the run gives its hash, one that holds
 * nothing else gives none, and the walk goes down into the rest. For a run of one leaf these are
 * the hashes of its RFC 9162 inclusion proof, those of the left from the largest subtree to the
 * smallest and then those of the right from the smallest to the largest; {@link #inclusion} puts
 * them in the RFC's order.
 *
 * @param first place of the run's first leaf, from 0
 * @param count leaves in the run, at least 1
 * @param size leaves in the tree
 */
public record RangeProof(long first, long count, long size, List<Digest> hashes) {

  /**
   * @throws IllegalArgumentException if the run is empty, too long or not inside the tree
   */
  public RangeProof {
    TreeShape.requireRun(first, count, size);
    hashes = List.copyOf(hashes);
  }

  /** Makes the proof from stored nodes. */
  public static RangeProof create(long first, long count, long size, HashSource source) {
    TreeShape.requireRun(first, count, size);
    List<Digest> lefts = new ArrayList<>();
    List<Digest> rights = new ArrayList<>();
    for (Span span = Span.of(first, count, size); !span.isRoot(); span = span.parents()) {
      if (span.needsLeft()) {
        lefts.add(TreeShape.hashAt(span.level, span.begin - 1, size, source));
      }
      if (span.needsRight()) {
        rights.add(TreeShape.hashAt(span.level, span.end, size, source));
      }
    }
    Collections.reverse(lefts);
    lefts.addAll(rights);
    return new RangeProof(first, count, size, lefts);
  }

  /** Whether proof and leaves lead to the root with no hash left over or missing. */
  public boolean verifies(List<Digest> leafHashes, Digest root) {
    return root(leafHashes).map(root::equals).orElse(false);
  }

  /**
   * The root that proof and leaves lead to, for comparison with one that is trusted; empty if the
   * number of leaves or of hashes is not the one the run asks for.
   */
  public Optional<Digest> root(List<Digest> leafHashes) {
    return climb(leafHashes).map(rows -> rows.get(rows.size() - 1).hashes.get(0));
  }

  /**
   * The root of the tree of all leaves before the run, which the proof's left hashes are the
   * subtrees of. So a proof that {@linkplain #verifies verified} also proves that its tree
   * continues that one: nothing before the run was changed.
   */
  public Digest rootBefore() {
    if (first == 0) {
      return TreeHash.EMPTY_ROOT;
    }
    int left = Long.bitCount(first) - 1;
    Digest root = hashes.get(left);
    while (left > 0) {
      root = TreeHash.node(hashes.get(--left), root);
    }
    return root;
  }

  /**
   * The ordinary inclusion proof of one leaf of the run, so that a single change can be shown to
   * somebody without the others. It verifies wherever this proof did.
   *
   * @param index the leaf's place in the tree, not in the run
   * @throws IllegalArgumentException if the leaf is outside the run, or the number of leaves or
   *     hashes is not the one the run asks for
   */
  public InclusionProof inclusion(long index, List<Digest> leafHashes) {
    if (index < first || index - first >= count) {
      throw new IllegalArgumentException("leaf " + index + " is outside the run");
    }
    List<Row> rows =
        climb(leafHashes)
            .orElseThrow(() -> new IllegalArgumentException("the proof does not fit its run"));
    List<Digest> path = new ArrayList<>();
    long place = index;
    for (Row row : rows) {
      row.find(place ^ 1).ifPresent(path::add);
      place >>= 1;
    }
    return new InclusionProof(index, size, path);
  }

  /** Every level's known nodes, the proof's own among them, from the leaves to the root. */
  private Optional<List<Row>> climb(List<Digest> leafHashes) {
    // A left neighbour is needed on the levels of the bits set in `first`; the lowest comes last.
    int left = Long.bitCount(first);
    int right = left;
    if (leafHashes.size() != count || left > hashes.size()) {
      return Optional.empty();
    }
    List<Row> rows = new ArrayList<>();
    List<Digest> known = leafHashes;
    for (Span span = Span.of(first, count, size); !span.isRoot(); span = span.parents()) {
      List<Digest> row = new ArrayList<>(known.size() + 2);
      if (span.needsRight() && right == hashes.size()) {
        return Optional.empty();
      }
      if (span.needsLeft()) {
        row.add(hashes.get(--left));
      }
      row.addAll(known);
      if (span.needsRight()) {
        row.add(hashes.get(right++));
      }
      rows.add(new Row(span.needsLeft() ? span.begin - 1 : span.begin, row));
      known = parents(row);
    }
    rows.add(new Row(0, known));
    return right == hashes.size() ? Optional.of(rows) : Optional.empty();
  }

  /**
   * One level up. The row begins at an even index; a node left alone at its end is the level's
   * last.
   */
  private static List<Digest> parents(List<Digest> row) {
    List<Digest> parents = new ArrayList<>((row.size() + 1) / 2);
    for (int i = 0; i + 1 < row.size(); i += 2) {
      parents.add(TreeHash.node(row.get(i), row.get(i + 1)));
    }
    if (row.size() % 2 == 1) {
      parents.add(row.get(row.size() - 1));
    }
    return parents;
  }

  /** Known hashes side by side on one level, from index {@code begin}. */
  private record Row(long begin, List<Digest> hashes) {
    Optional<Digest> find(long index) {
      long at = index - begin;
      return at >= 0 && at < hashes.size() ? Optional.of(hashes.get((int) at)) : Optional.empty();
    }
  }

  /** The indices [begin, end) known on one level of {@code width} nodes. */
  private record Span(int level, long begin, long end, long width) {
    static Span of(long first, long count, long size) {
      return new Span(0, first, first + count, size);
    }

    boolean isRoot() {
      return width == 1;
    }

    boolean needsLeft() {
      return begin % 2 == 1;
    }

    boolean needsRight() {
      return end % 2 == 1 && end < width;
    }

    Span parents() {
      return new Span(level + 1, begin / 2, (end + 1) / 2, (width + 1) / 2);
    }
  }
}
