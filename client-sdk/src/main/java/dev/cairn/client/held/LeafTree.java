package dev.cairn.client.held;

import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.log.CompactTree;
import dev.cairn.protocol.log.HashSource;
import dev.cairn.protocol.log.StoredNode;
import dev.cairn.protocol.suite.Digest;
import java.util.ArrayList;
import java.util.List;

/**
 * The tree over the first leaves of a log that this device watches, for making proofs: 64 bytes a
 * leaf, for as long as they are made.
 */
public final class LeafTree implements HashSource {

  private final List<List<Digest>> levels = new ArrayList<>();

  private LeafTree() {}

  /** Builds it from the leaves that are kept. */
  public static LeafTree of(SealedRows rows, long size) throws CairnException {
    LeafTree built = new LeafTree();
    CompactTree[] tree = {CompactTree.empty()};
    LogLeaves.visit(
        rows,
        size,
        (position, leaf) -> {
          CompactTree.Growth growth = tree[0].append(leaf.hash());
          tree[0] = growth.tree();
          growth.nodes().forEach(built::add);
        });
    return built;
  }

  /** Nodes of one level become complete one after the other. */
  private void add(StoredNode node) {
    while (levels.size() <= node.level()) {
      levels.add(new ArrayList<>());
    }
    levels.get(node.level()).add(node.hash());
  }

  @Override
  public Digest hash(int level, long index) {
    return levels.get(level).get((int) index);
  }

  /** Neighbouring leaves. */
  public List<Digest> leaves(long first, int count) {
    return new ArrayList<>(levels.get(0).subList((int) first, (int) first + count));
  }
}
