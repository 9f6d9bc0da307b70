package dev.cairn.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsistencyProofTest {
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
  void create_publishedTree_givesPublishedProofs() {
    MemoryTree tree = MemoryTree.of(TreeVectors.leaves(8));
    assertThat(ConsistencyProof.create(1, 1, tree).hashes()).isEmpty();
    assertThat(ConsistencyProof.create(1, 8, tree).hashes())
        .containsExactly(node(0, 1), node(1, 1), node(2, 1));
    assertThat(ConsistencyProof.create(6, 8, tree).hashes())
        .containsExactly(node(1, 2), node(1, 3), node(2, 0));
    assertThat(ConsistencyProof.create(2, 5, tree).hashes())
        .containsExactly(node(1, 1), node(0, 4));
    assertThat(ConsistencyProof.create(6, 7, tree).hashes())
        .containsExactly(node(1, 2), node(0, 6), node(2, 0));
  }

  @Test
  void create_everyPair_agreesWithDefinition() {
    for (int second = 1; second <= SIZE_MAX; second++) {
      for (int first = 1; first < second; first++) {
        assertThat(ConsistencyProof.create(first, second, TREE).hashes())
            .isEqualTo(ReferenceTree.proof(first, LEAVES.subList(0, second)));
      }
    }
  }

  @Test
  void verifies_everyPair() {
    forEvery(proof -> assertThat(verifies(proof)).as("%s", proof).isTrue());
  }

  @Test
  void verifies_eitherRootDamaged_isRefused() {
    forEvery(
        proof -> {
          Digest first = ROOTS.get((int) proof.first());
          Digest second = ROOTS.get((int) proof.second());
          assertThat(proof.verifies(TreeVectors.damaged(first), second)).isFalse();
          // From the empty tree every tree follows, whatever its root.
          assertThat(proof.verifies(first, TreeVectors.damaged(second)))
              .isEqualTo(proof.first() == 0 && proof.second() > 0);
        });
  }

  @Test
  void verifies_anyHashDamagedOrMissing_isRefused() {
    forEvery(
        proof -> {
          for (int i = 0; i < proof.hashes().size(); i++) {
            List<Digest> damaged = new ArrayList<>(proof.hashes());
            damaged.set(i, TreeVectors.damaged(damaged.get(i)));
            assertThat(verifies(with(proof, damaged))).as("%s at %s", proof, i).isFalse();
            List<Digest> shorter = new ArrayList<>(proof.hashes());
            shorter.remove(i);
            assertThat(verifies(with(proof, shorter))).as("%s at %s", proof, i).isFalse();
          }
        });
  }

  @Test
  void verifies_hashAdded_isRefused() {
    forEvery(
        proof -> {
          List<Digest> longer = new ArrayList<>(proof.hashes());
          longer.add(ROOTS.get((int) proof.first()));
          assertThat(verifies(with(proof, longer))).as("%s", proof).isFalse();
        });
  }

  @Test
  void verifies_forAnyOtherPairOfSizes_isRefused() {
    int bound = 40;
    for (int second = 1; second <= bound; second++) {
      for (int first = 1; first < second; first++) {
        List<Digest> hashes = ConsistencyProof.create(first, second, TREE).hashes();
        for (int other = 1; other <= bound; other++) {
          if (other != first && other < second) {
            assertThat(verifies(new ConsistencyProof(other, second, hashes))).isFalse();
          }
          if (other != second && other > first) {
            assertThat(verifies(new ConsistencyProof(first, other, hashes))).isFalse();
          }
        }
      }
    }
  }

  @Test
  void verifies_earlierLeafRewritten_isRefused() {
    List<Digest> rewritten = new ArrayList<>(LEAVES);
    rewritten.set(3, TreeVectors.damaged(rewritten.get(3)));
    MemoryTree lying = MemoryTree.of(rewritten);
    for (int first = 4; first < SIZE_MAX; first++) {
      ConsistencyProof proof = ConsistencyProof.create(first, SIZE_MAX, lying);
      assertThat(proof.verifies(ROOTS.get(first), lying.compact().root())).isFalse();
    }
  }

  @Test
  void verifies_inLargestTree() {
    long second = Limits.LOG_LEAVES_MAX;
    VirtualTree tree = new VirtualTree(987_654_321_012L);
    Digest secondRoot = CompactTree.load(second, tree).root();
    long[] firsts = {1, 2, 1L << 40, (1L << 40) + 12_345, 1L << 52, second - 1};
    for (long first : firsts) {
      Digest firstRoot = CompactTree.load(first, tree).root();
      ConsistencyProof proof = ConsistencyProof.create(first, second, tree);
      assertThat(proof.verifies(firstRoot, secondRoot)).isTrue();
      assertThat(proof.verifies(TreeVectors.damaged(firstRoot), secondRoot)).isFalse();
    }
  }

  @Test
  void create_backwards_isRefused() {
    assertThatThrownBy(() -> ConsistencyProof.create(8, 7, TREE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ConsistencyProof.create(-1, 7, TREE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void construct_treeTooLarge_isRefused() {
    assertThatThrownBy(() -> new ConsistencyProof(1, Limits.LOG_LEAVES_MAX + 1, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private interface Check {
    void on(ConsistencyProof proof);
  }

  private static void forEvery(Check check) {
    for (int second = 0; second <= SIZE_MAX; second++) {
      for (int first = 0; first <= second; first++) {
        check.on(ConsistencyProof.create(first, second, TREE));
      }
    }
  }

  private static boolean verifies(ConsistencyProof proof) {
    return proof.verifies(ROOTS.get((int) proof.first()), ROOTS.get((int) proof.second()));
  }

  private static ConsistencyProof with(ConsistencyProof proof, List<Digest> hashes) {
    return new ConsistencyProof(proof.first(), proof.second(), hashes);
  }

  private static Digest node(int level, int index) {
    return TreeVectors.NODES.get(level).get(index);
  }
}
