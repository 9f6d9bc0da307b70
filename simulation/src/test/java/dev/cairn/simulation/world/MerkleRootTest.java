package dev.cairn.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.log.CompactTree;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Sha256;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MerkleRootTest {

  @Test
  void root_ofEverySizeUpTo40_isThatOfTheLog() {
    List<Digest> leaves = new ArrayList<>();
    CompactTree tree = CompactTree.empty();
    for (int i = 0; i < 40; i++) {
      Digest leaf = Sha256.of(new byte[] {(byte) i});
      leaves.add(leaf);
      tree = tree.append(leaf).tree();
      assertThat(MerkleRoot.of(leaves)).isEqualTo(tree.root());
    }
  }
}
