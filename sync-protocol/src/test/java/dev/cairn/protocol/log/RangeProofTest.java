package dev.cairn.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RangeProofTest {
  private static final int SIZE_MAX = 70;

  /** Up to here every leaf and place of every run is tried; the cost grows with the fifth power. */
  private static final int DAMAGED_SIZE_MAX = 30;

  private static final List<Digest> LEAVES = TreeVectors.manyLeaves(SIZE_MAX);
  private static final MemoryTree TREE = MemoryTree.of(LEAVES);
  private static final List<Digest> ROOTS = new ArrayList<>();

  static {
    for (int size = 0; size <= SIZE_MAX; size++) {
      ROOTS.add(ReferenceTree.root(LEAVES.subList(0, size)));
    }
  }

  @Test
  void create_publishedTree_listsSubtreesFromTheLeft() {
    MemoryTree tree = MemoryTree.of(TreeVectors.leaves(8));
    assertThat(RangeProof.create(0, 8, 8, tree).hashes()).isEmpty();
    assertThat(RangeProof.create(3, 2, 8, tree).hashes())
        .containsExactly(node(1, 0), node(0, 2), node(0, 5), node(1, 3));
    assertThat(RangeProof.create(2, 2, 8, tree).hashes()).containsExactly(node(1, 0), node(2, 1));
    assertThat(RangeProof.create(5, 2, 7, tree).hashes()).containsExactly(node(2, 0), node(0, 4));
  }

  @Test
  void create_everyRun_agreesWithDefinition() {
    forEveryRun(
        SIZE_MAX,
        (proof, leaves) ->
            assertThat(proof.hashes())
                .isEqualTo(
                    ReferenceTree.range(
                        (int) proof.first(),
                        (int) (proof.first() + proof.count()),
                        LEAVES.subList(0, (int) proof.size()))));
  }

  @Test
  void verifies_everyRun() {
    forEveryRun(
        SIZE_MAX,
        (proof, leaves) ->
            assertThat(proof.verifies(leaves, root(proof))).as("%s", proof).isTrue());
  }

  @Test
  void rootBefore_everyRun_isTheRootOfTheLeavesBefore() {
    forEveryRun(
        SIZE_MAX,
        (proof, leaves) ->
            assertThat(proof.rootBefore())
                .as("%s", proof)
                .isEqualTo(ROOTS.get((int) proof.first())));
  }

  @Test
  void verifies_anyHashDamaged_isRefused() {
    forEveryRun(
        SIZE_MAX,
        (proof, leaves) -> {
          for (int i = 0; i < proof.hashes().size(); i++) {
            List<Digest> damaged = new ArrayList<>(proof.hashes());
            damaged.set(i, TreeVectors.damaged(damaged.get(i)));
            assertThat(with(proof, damaged).verifies(leaves, root(proof))).isFalse();
          }
        });
  }

  @Test
  void verifies_anyHashMissing_isRefused() {
    forEveryRun(
        DAMAGED_SIZE_MAX,
        (proof, leaves) -> {
          for (int i = 0; i < proof.hashes().size(); i++) {
            List<Digest> shorter = new ArrayList<>(proof.hashes());
            shorter.remove(i);
            assertThat(with(proof, shorter).verifies(leaves, root(proof))).isFalse();
          }
        });
  }

  @Test
  void verifies_hashAddedAtEitherEnd_isRefused() {
    forEveryRun(
        SIZE_MAX,
        (proof, leaves) -> {
          List<Digest> longer = new ArrayList<>(proof.hashes());
          longer.add(root(proof));
          assertThat(with(proof, longer).verifies(leaves, root(proof))).isFalse();
          Collections.rotate(longer, 1);
          assertThat(with(proof, longer).verifies(leaves, root(proof))).isFalse();
        });
  }

  @Test
  void verifies_anyLeafDamaged_isRefused() {
    forEveryRun(
        DAMAGED_SIZE_MAX,
        (proof, leaves) -> {
          for (int i = 0; i < leaves.size(); i++) {
            List<Digest> damaged = new ArrayList<>(leaves);
            damaged.set(i, TreeVectors.damaged(damaged.get(i)));
            assertThat(proof.verifies(damaged, root(proof))).isFalse();
          }
        });
  }

  @Test
  void verifies_leavesSwapped_isRefused() {
    forEveryRun(
        DAMAGED_SIZE_MAX,
        (proof, leaves) -> {
          for (int i = 1; i < leaves.size(); i++) {
            List<Digest> swapped = new ArrayList<>(leaves);
            Collections.swap(swapped, i - 1, i);
            assertThat(proof.verifies(swapped, root(proof))).isFalse();
          }
        });
  }

  @Test
  void verifies_leafTooManyOrTooFew_isRefused() {
    forEveryRun(
        SIZE_MAX,
        (proof, leaves) -> {
          List<Digest> more = new ArrayList<>(leaves);
          more.add(leaves.get(0));
          assertThat(proof.verifies(more, root(proof))).isFalse();
          assertThat(proof.verifies(leaves.subList(1, leaves.size()), root(proof))).isFalse();
        });
  }

  @Test
  void verifies_atAnyOtherPlace_isRefused() {
    forEveryRun(
        DAMAGED_SIZE_MAX,
        (proof, leaves) -> {
          for (long first = 0; first + proof.count() <= proof.size(); first++) {
            RangeProof moved = new RangeProof(first, proof.count(), proof.size(), proof.hashes());
            assertThat(moved.verifies(leaves, root(proof))).isEqualTo(first == proof.first());
          }
        });
  }

  @Test
  void verifies_againstTreeOfAnyOtherSize_isRefused() {
    forEveryRun(
        DAMAGED_SIZE_MAX,
        (proof, leaves) -> {
          for (int size = (int) (proof.first() + proof.count()); size <= SIZE_MAX; size++) {
            RangeProof moved = new RangeProof(proof.first(), proof.count(), size, proof.hashes());
            assertThat(moved.verifies(leaves, ROOTS.get(size))).isEqualTo(size == proof.size());
          }
        });
  }

  @Test
  void inclusion_everyLeafOfEveryRun_isTheOrdinaryProof() {
    forEveryRun(
        40,
        (proof, leaves) -> {
          for (long index = proof.first(); index < proof.first() + proof.count(); index++) {
            assertThat(proof.inclusion(index, leaves))
                .isEqualTo(InclusionProof.create(index, proof.size(), TREE));
          }
        });
  }

  @Test
  void create_oneLeaf_holdsTheHashesOfItsInclusionProof() {
    for (int size = 1; size <= SIZE_MAX; size++) {
      for (int index = 0; index < size; index++) {
        assertThat(RangeProof.create(index, 1, size, TREE).hashes())
            .containsExactlyInAnyOrderElementsOf(InclusionProof.create(index, size, TREE).hashes());
      }
    }
  }

  @Test
  void inclusion_outsideTheRun_isRefused() {
    RangeProof proof = RangeProof.create(3, 2, 8, TREE);
    List<Digest> leaves = LEAVES.subList(3, 5);
    assertThatThrownBy(() -> proof.inclusion(2, leaves))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> proof.inclusion(5, leaves))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void inclusion_hashMissing_isRefused() {
    RangeProof whole = RangeProof.create(3, 2, 8, TREE);
    RangeProof proof = with(whole, whole.hashes().subList(0, 3));
    assertThatThrownBy(() -> proof.inclusion(3, LEAVES.subList(3, 5)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void verifies_longestRunInLargestTree() {
    long size = Limits.LOG_LEAVES_MAX;
    int count = Limits.PROOF_RUN_LEAVES_MAX;
    long first = (1L << 41) + 77;
    VirtualTree tree = new VirtualTree(first + 5);
    Digest root = CompactTree.load(size, tree).root();
    RangeProof proof = RangeProof.create(first, count, size, tree);
    List<Digest> leaves = new ArrayList<>(Collections.nCopies(count, VirtualTree.ORDINARY));
    assertThat(proof.verifies(leaves, root)).isFalse();
    leaves.set(5, VirtualTree.MARKED);
    assertThat(proof.verifies(leaves, root)).isTrue();
    assertThat(proof.inclusion(first + 5, leaves).verifies(VirtualTree.MARKED, root)).isTrue();
  }

  @Test
  void construct_runTooLongOrEmpty_isRefused() {
    int most = Limits.PROOF_RUN_LEAVES_MAX;
    assertThat(new RangeProof(0, most, 2L * most, List.of()).count()).isEqualTo(most);
    assertThatThrownBy(() -> new RangeProof(0, most + 1L, 2L * most, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RangeProof(0, 0, 8, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void construct_runOutsideTheTree_isRefused() {
    assertThatThrownBy(() -> new RangeProof(7, 2, 8, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RangeProof(Long.MAX_VALUE, 2, 8, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RangeProof(-1, 2, 8, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private interface Check {
    void on(RangeProof proof, List<Digest> leaves);
  }

  private static void forEveryRun(int sizeMax, Check check) {
    for (int size = 1; size <= sizeMax; size++) {
      for (int first = 0; first < size; first++) {
        for (int count = 1; first + count <= size; count++) {
          check.on(
              RangeProof.create(first, count, size, TREE), LEAVES.subList(first, first + count));
        }
      }
    }
  }

  private static Digest root(RangeProof proof) {
    return ROOTS.get((int) proof.size());
  }

  private static RangeProof with(RangeProof proof, List<Digest> hashes) {
    return new RangeProof(proof.first(), proof.count(), proof.size(), hashes);
  }

  private static Digest node(int level, int index) {
    return TreeVectors.NODES.get(level).get(index);
  }
}
