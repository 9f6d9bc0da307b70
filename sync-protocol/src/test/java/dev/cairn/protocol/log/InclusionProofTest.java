package dev.cairn.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InclusionProofTest {
  private static final int SIZE_MAX = 70;
  private static final List<Digest> LEAVES = TreeVectors.manyLeaves(SIZE_MAX);
  private static final MemoryTree TREE = MemoryTree.of(LEAVES);
  private static final List<Digest> ROOTS = new ArrayList<>();

  static {
    for (int size = 0; size <= SIZE_MAX; size++) {
      ROOTS.add(ReferenceTree.root(LEAVES.subList(0, size)));
    }
  }

  @Test
  void create_publishedTree_givesPublishedPaths() {
    MemoryTree tree = MemoryTree.of(TreeVectors.leaves(8));
    assertThat(InclusionProof.create(0, 1, tree).hashes()).isEmpty();
    assertThat(InclusionProof.create(0, 8, tree).hashes())
        .containsExactly(node(0, 1), node(1, 1), node(2, 1));
    assertThat(InclusionProof.create(5, 8, tree).hashes())
        .containsExactly(node(0, 4), node(1, 3), node(2, 0));
    assertThat(InclusionProof.create(2, 3, tree).hashes()).containsExactly(node(1, 0));
    assertThat(InclusionProof.create(1, 5, tree).hashes())
        .containsExactly(node(0, 0), node(1, 1), node(0, 4));
  }

  @Test
  void create_sevenLeavesOfTheRfc_givesItsExamplePaths() {
    // RFC 9162 section 2.1.5 names the nodes; d0 to d6 are the first seven leaves here.
    MemoryTree tree = MemoryTree.of(TreeVectors.leaves(7));
    Digest l = TreeHash.node(node(1, 2), node(0, 6));
    assertThat(InclusionProof.create(0, 7, tree).hashes())
        .containsExactly(node(0, 1), node(1, 1), l);
    assertThat(InclusionProof.create(3, 7, tree).hashes())
        .containsExactly(node(0, 2), node(1, 0), l);
    assertThat(InclusionProof.create(4, 7, tree).hashes())
        .containsExactly(node(0, 5), node(0, 6), node(2, 0));
    assertThat(InclusionProof.create(6, 7, tree).hashes()).containsExactly(node(1, 2), node(2, 0));
  }

  @Test
  void create_everyLeafOfEverySize_agreesWithDefinition() {
    for (int size = 1; size <= SIZE_MAX; size++) {
      for (int index = 0; index < size; index++) {
        assertThat(InclusionProof.create(index, size, TREE).hashes())
            .isEqualTo(ReferenceTree.path(index, LEAVES.subList(0, size)));
      }
    }
  }

  @Test
  void verifies_everyLeafOfEverySize() {
    forEvery(
        (proof, leaf, root) -> assertThat(proof.verifies(leaf, root)).as("%s", proof).isTrue());
  }

  @Test
  void verifies_otherLeafOrRoot_isRefused() {
    forEvery(
        (proof, leaf, root) -> {
          assertThat(proof.verifies(TreeVectors.damaged(leaf), root)).as("%s", proof).isFalse();
          assertThat(proof.verifies(leaf, TreeVectors.damaged(root))).as("%s", proof).isFalse();
        });
  }

  @Test
  void verifies_anyHashDamagedOrMissing_isRefused() {
    forEvery(
        (proof, leaf, root) -> {
          for (int i = 0; i < proof.hashes().size(); i++) {
            List<Digest> damaged = new ArrayList<>(proof.hashes());
            damaged.set(i, TreeVectors.damaged(damaged.get(i)));
            assertThat(with(proof, damaged).verifies(leaf, root)).as("%s", proof).isFalse();
            List<Digest> shorter = new ArrayList<>(proof.hashes());
            shorter.remove(i);
            assertThat(with(proof, shorter).verifies(leaf, root)).as("%s", proof).isFalse();
          }
        });
  }

  @Test
  void verifies_hashAdded_isRefused() {
    forEvery(
        (proof, leaf, root) -> {
          List<Digest> longer = new ArrayList<>(proof.hashes());
          longer.add(root);
          assertThat(with(proof, longer).verifies(leaf, root)).as("%s", proof).isFalse();
        });
  }

  @Test
  void verifies_atAnyOtherIndex_isRefused() {
    forEvery(
        (proof, leaf, root) -> {
          for (int index = 0; index < proof.size(); index++) {
            InclusionProof moved = new InclusionProof(index, proof.size(), proof.hashes());
            assertThat(moved.verifies(leaf, root)).isEqualTo(index == proof.index());
          }
        });
  }

  @Test
  void verifies_againstTreeOfAnyOtherSize_isRefused() {
    forEvery(
        (proof, leaf, root) -> {
          for (int size = (int) proof.index() + 1; size <= SIZE_MAX; size++) {
            InclusionProof moved = new InclusionProof(proof.index(), size, proof.hashes());
            assertThat(moved.verifies(leaf, ROOTS.get(size))).isEqualTo(size == proof.size());
          }
        });
  }

  @Test
  void verifies_inLargestTree() {
    long size = Limits.LOG_LEAVES_MAX;
    for (long index : new long[] {0, 1, 12_345_678_901L, size / 2, size - 2, size - 1}) {
      VirtualTree tree = new VirtualTree(index);
      Digest root = CompactTree.load(size, tree).root();
      InclusionProof proof = InclusionProof.create(index, size, tree);
      assertThat(proof.hashes()).hasSizeLessThanOrEqualTo(53);
      assertThat(proof.verifies(VirtualTree.MARKED, root)).isTrue();
      assertThat(proof.verifies(VirtualTree.ORDINARY, root)).isFalse();
      long other = index ^ 1;
      if (other < size) {
        assertThat(
                new InclusionProof(other, size, proof.hashes()).verifies(VirtualTree.MARKED, root))
            .isFalse();
      }
    }
  }

  @Test
  void create_outsideTheTree_isRefused() {
    assertThatThrownBy(() -> InclusionProof.create(8, 8, TREE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> InclusionProof.create(-1, 8, TREE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> InclusionProof.create(0, 0, TREE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void construct_treeTooLarge_isRefused() {
    assertThatThrownBy(() -> new InclusionProof(0, Limits.LOG_LEAVES_MAX + 1, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private interface Check {
    void on(InclusionProof proof, Digest leaf, Digest root);
  }

  private static void forEvery(Check check) {
    for (int size = 1; size <= SIZE_MAX; size++) {
      for (int index = 0; index < size; index++) {
        check.on(InclusionProof.create(index, size, TREE), LEAVES.get(index), ROOTS.get(size));
      }
    }
  }

  private static InclusionProof with(InclusionProof proof, List<Digest> hashes) {
    return new InclusionProof(proof.index(), proof.size(), hashes);
  }

  private static Digest node(int level, int index) {
    return TreeVectors.NODES.get(level).get(index);
  }
}
