package dev.cairn.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TreeHashTest {

  @Test
  void leaf_publishedInputs_givePublishedHashes() {
    for (int i = 0; i < 8; i++) {
      assertThat(TreeHash.leaf(TreeVectors.INPUTS.get(i))).isEqualTo(TreeVectors.leaves(8).get(i));
    }
  }

  @Test
  void node_publishedChildren_givePublishedParents() {
    for (int level = 1; level < TreeVectors.NODES.size(); level++) {
      for (int i = 0; i < TreeVectors.NODES.get(level).size(); i++) {
        assertThat(
                TreeHash.node(
                    TreeVectors.NODES.get(level - 1).get(2 * i),
                    TreeVectors.NODES.get(level - 1).get(2 * i + 1)))
            .isEqualTo(TreeVectors.NODES.get(level).get(i));
      }
    }
  }

  @Test
  void emptyRoot_isHashOfNothing() {
    assertThat(TreeHash.EMPTY_ROOT).isEqualTo(TreeVectors.ROOTS.get(0));
  }

  @Test
  void leaf_ofTwoHashes_isNotTheirNode() {
    var left = TreeVectors.leaves(2).get(0).bytes();
    var right = TreeVectors.leaves(2).get(1).bytes();
    byte[] both = new byte[64];
    System.arraycopy(left, 0, both, 0, 32);
    System.arraycopy(right, 0, both, 32, 32);
    assertThat(TreeHash.leaf(both)).isNotEqualTo(TreeVectors.NODES.get(1).get(0));
  }
}
