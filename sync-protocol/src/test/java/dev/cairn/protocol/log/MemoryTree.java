package dev.cairn.protocol.log;

import dev.cairn.protocol.suite.Digest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A whole tree in memory: every stored node by its place. */
final class MemoryTree implements HashSource {
  private final Map<Place, Digest> nodes = new HashMap<>();
  private CompactTree tree = CompactTree.empty();

  private record Place(int level, long index) {}

  static MemoryTree of(List<Digest> leafHashes) {
    MemoryTree tree = new MemoryTree();
    leafHashes.forEach(tree::append);
    return tree;
  }

  void append(Digest leafHash) {
    CompactTree.Growth growth = tree.append(leafHash);
    for (StoredNode node : growth.nodes()) {
      Digest before = nodes.put(new Place(node.level(), node.index()), node.hash());
      if (before != null) {
        throw new AssertionError("stored twice: " + node);
      }
    }
    tree = growth.tree();
  }

  CompactTree compact() {
    return tree;
  }

  int nodeCount() {
    return nodes.size();
  }

  @Override
  public Digest hash(int level, long index) {
    Digest hash = nodes.get(new Place(level, index));
    if (hash == null) {
      throw new AssertionError("not a complete subtree: " + level + ", " + index);
    }
    return hash;
  }
}
