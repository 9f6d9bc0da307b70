package dev.cairn.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.suite.Digest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsistencyTest {
  private static final SignedCheckpoint SEVEN = TestLog.open(TestLog.SEVEN);
  private static final SignedCheckpoint FIFTEEN = TestLog.open(TestLog.FIFTEEN);
  private static final List<Digest> PROOF =
      ConsistencyProof.create(7, 15, MemoryTree.of(TestLog.leaves())).hashes();

  @Test
  void check_sameNote_isSame() {
    assertThat(Consistency.check(SEVEN, SEVEN, List.of())).isEqualTo(new Consistency.Same(SEVEN));
  }

  @Test
  void check_sameTreeWithOtherCosignatures_isSame() {
    SignedCheckpoint cosigned = SEVEN.with(new NoteSignature("w", 1, new byte[72]));
    assertThat(Consistency.check(SEVEN, cosigned, List.of())).isInstanceOf(Consistency.Same.class);
  }

  @Test
  void check_largerWithProof_extends() {
    Consistency found = Consistency.check(SEVEN, FIFTEEN, PROOF);
    assertThat(found).isEqualTo(new Consistency.Extends(FIFTEEN));
    assertThat(found.trusted()).isSameAs(FIFTEEN);
  }

  @Test
  void check_byTheLeavesThatAreNext_extends() {
    assertThat(Consistency.check(SEVEN, FIFTEEN, run(TestLog.leaves(), 7)))
        .isEqualTo(new Consistency.Extends(FIFTEEN));
  }

  @Test
  void check_byLeavesFurtherOn_isForked() {
    assertThat(Consistency.check(SEVEN, FIFTEEN, run(TestLog.leaves(), 8)))
        .isEqualTo(new Consistency.Forked(SEVEN, FIFTEEN, false));
  }

  @Test
  void check_byTheLeavesThatAreNextInAnotherPast_isForked() {
    List<Digest> rewritten = new ArrayList<>(TestLog.leaves());
    rewritten.set(2, TreeVectors.filler("rewritten"));
    SignedCheckpoint other = TestLog.signed(rewritten);
    assertThat(Consistency.check(SEVEN, other, run(rewritten, 7)))
        .isEqualTo(new Consistency.Forked(SEVEN, other, false));
  }

  @Test
  void check_byAnyRunFromTheEmptyTree_extends() {
    assertThat(Consistency.check(TestLog.open(TestLog.EMPTY), FIFTEEN, run(TestLog.leaves(), 3)))
        .isInstanceOf(Consistency.Extends.class);
  }

  private static RangeProof run(List<Digest> leaves, long first) {
    return RangeProof.create(first, 1, leaves.size(), MemoryTree.of(leaves));
  }

  @Test
  void check_fromEmptyTree_needsNoProof() {
    assertThat(Consistency.check(TestLog.open(TestLog.EMPTY), FIFTEEN, List.of()))
        .isInstanceOf(Consistency.Extends.class);
  }

  @Test
  void check_smaller_isRolledBack() {
    Consistency found = Consistency.check(FIFTEEN, SEVEN, PROOF);
    assertThat(found).isEqualTo(new Consistency.RolledBack(FIFTEEN, SEVEN));
    assertThat(found.trusted()).isSameAs(FIFTEEN);
  }

  @Test
  void check_sameSizeOtherRoot_isSelfEvidentFork() {
    SignedCheckpoint other = TestLog.signed(TreeVectors.manyLeaves(7));
    Consistency found = Consistency.check(SEVEN, other, List.of());
    assertThat(found).isEqualTo(new Consistency.Forked(SEVEN, other, true));
    assertThat(found.trusted()).isSameAs(SEVEN);
  }

  @Test
  void check_largerWithOneLeafRewritten_isForked() {
    List<Digest> rewritten = new ArrayList<>(TestLog.leaves());
    rewritten.set(2, TreeVectors.filler("rewritten"));
    SignedCheckpoint other = TestLog.signed(rewritten);
    List<Digest> bestProof = ConsistencyProof.create(7, 15, MemoryTree.of(rewritten)).hashes();
    assertThat(Consistency.check(SEVEN, other, bestProof))
        .isEqualTo(new Consistency.Forked(SEVEN, other, false));
  }

  @Test
  void check_largerWithoutProof_isForked() {
    assertThat(Consistency.check(SEVEN, FIFTEEN, List.of())).isInstanceOf(Consistency.Forked.class);
  }

  @Test
  void check_twoLogs_isRefused() {
    Checkpoint elsewhere = new Checkpoint(new LogOrigin("elsewhere"), 7, SEVEN.checkpoint().root());
    SignedCheckpoint other = SignedCheckpoint.sign(elsewhere, TestLog.SIGNING_KEY);
    assertThatThrownBy(() -> Consistency.check(SEVEN, other, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
