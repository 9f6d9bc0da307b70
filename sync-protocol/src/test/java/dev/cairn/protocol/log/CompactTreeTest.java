package dev.cairn.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompactTreeTest {
  private static final int SIZE_MAX = 70;
  private static final List<Digest> LEAVES = TreeVectors.manyLeaves(SIZE_MAX);

  @Test
  void root_publishedLeaves_givesPublishedRoots() {
    for (int size = 0; size <= 8; size++) {
      CompactTree tree = CompactTree.empty().append(TreeVectors.leaves(size)).tree();
      assertThat(tree.root()).isEqualTo(TreeVectors.ROOTS.get(size));
    }
  }

  @Test
  void root_everySize_agreesWithDefinition() {
    for (int size = 0; size <= SIZE_MAX; size++) {
      CompactTree tree = CompactTree.empty().append(LEAVES.subList(0, size)).tree();
      assertThat(tree.root()).isEqualTo(ReferenceTree.root(LEAVES.subList(0, size)));
    }
  }

  @Test
  void append_eightLeaves_handsOutEveryCompleteSubtreeOnce() {
    MemoryTree tree = MemoryTree.of(TreeVectors.leaves(8));
    assertThat(tree.nodeCount()).isEqualTo(8 + 4 + 2 + 1);
    for (int level = 0; level < TreeVectors.NODES.size(); level++) {
      for (int i = 0; i < TreeVectors.NODES.get(level).size(); i++) {
        assertThat(tree.hash(level, i)).isEqualTo(TreeVectors.NODES.get(level).get(i));
      }
    }
  }

  @Test
  void append_oddSize_handsOutNoIncompleteSubtree() {
    assertThat(MemoryTree.of(LEAVES.subList(0, 7)).nodeCount()).isEqualTo(7 + 3 + 1);
  }

  @Test
  void append_inBatches_equalsOneByOne() {
    for (int cut = 0; cut <= SIZE_MAX; cut++) {
      CompactTree.Growth left = CompactTree.empty().append(LEAVES.subList(0, cut));
      CompactTree.Growth right = left.tree().append(LEAVES.subList(cut, SIZE_MAX));
      MemoryTree whole = MemoryTree.of(LEAVES);
      assertThat(right.tree()).isEqualTo(whole.compact());
      assertThat(left.nodes().size() + right.nodes().size()).isEqualTo(whole.nodeCount());
    }
  }

  @Test
  void append_leavesTheOldTreeAsItWas() {
    CompactTree before = CompactTree.empty().append(LEAVES.subList(0, 3)).tree();
    Digest root = before.root();
    before.append(LEAVES.get(3));
    assertThat(before.size()).isEqualTo(3);
    assertThat(before.root()).isEqualTo(root);
  }

  @Test
  void load_everySize_rebuildsTheTree() {
    MemoryTree source = MemoryTree.of(LEAVES);
    for (int size = 0; size <= SIZE_MAX; size++) {
      assertThat(CompactTree.load(size, source))
          .isEqualTo(CompactTree.empty().append(LEAVES.subList(0, size)).tree());
    }
  }

  @Test
  void decode_everySize_givesBackWhatWasEncoded() throws MalformedException {
    for (int size = 0; size <= SIZE_MAX; size++) {
      CompactTree tree = CompactTree.empty().append(LEAVES.subList(0, size)).tree();
      assertThat(CompactTree.decode(tree.encode())).isEqualTo(tree);
    }
  }

  @Test
  void decode_lengthOffByOne_isRefused() {
    byte[] encoded = CompactTree.empty().append(LEAVES.subList(0, 5)).tree().encode();
    assertThatThrownBy(() -> CompactTree.decode(Arrays.copyOf(encoded, encoded.length - 1)))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> CompactTree.decode(Arrays.copyOf(encoded, encoded.length + 1)))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> CompactTree.decode(new byte[7]))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void decode_largestSize_isAccepted() throws MalformedException {
    assertThat(CompactTree.decode(encodedOfSize(Limits.LOG_LEAVES_MAX)).size())
        .isEqualTo(Limits.LOG_LEAVES_MAX);
  }

  @Test
  void decode_sizeOutOfBounds_isRefused() {
    assertThatThrownBy(() -> CompactTree.decode(encodedOfSize(Limits.LOG_LEAVES_MAX + 1)))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> CompactTree.decode(encodedOfSize(-1)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void append_toFullTree_isRefused() throws MalformedException {
    CompactTree last = CompactTree.decode(encodedOfSize(Limits.LOG_LEAVES_MAX - 1));
    CompactTree full = last.append(LEAVES.get(0)).tree();
    assertThat(full.size()).isEqualTo(Limits.LOG_LEAVES_MAX);
    assertThatThrownBy(() -> full.append(LEAVES.get(0)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] encodedOfSize(long size) {
    return ByteBuffer.allocate(8 + 32 * Long.bitCount(size)).putLong(size).array();
  }
}
