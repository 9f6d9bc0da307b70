package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.log.ConsistencyProof;
import dev.cairn.protocol.log.Receipt;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.suite.Digest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Checks an answer as a device does: every proof leads where it should, in the order pushed. */
final class ReceiptChecker {

  final List<Long> positions = new ArrayList<>();
  final List<Entry.Refusal> refusals = new ArrayList<>();
  final List<SignedCheckpoint> checkpoints = new ArrayList<>();

  /**
   * Reads an answer.
   *
   * @param leaves of what was pushed and not refused, in order
   */
  ReceiptChecker(TestSpace space, List<Entry> answer, List<Digest> leaves) throws Exception {
    Deque<Digest> expected = new ArrayDeque<>(leaves);
    SignedCheckpoint last = null;
    for (Entry entry : answer) {
      if (entry instanceof Entry.OfReceipt found) {
        Receipt receipt = Receipt.decode(found.receipt().bytes());
        List<Digest> run = new ArrayList<>();
        for (long i = 0; i < receipt.proof().count(); i++) {
          run.add(expected.remove());
          positions.add(receipt.proof().first() + i);
        }
        checkpoints.add(receipt.verify(run, space.log));
      } else if (entry instanceof Entry.LogState state) {
        SignedCheckpoint now = SignedCheckpoint.open(state.checkpoint().bytes(), space.log);
        long from = last == null ? 0 : last.checkpoint().size();
        ConsistencyProof proof =
            new ConsistencyProof(from, now.checkpoint().size(), state.consistency());
        if (last != null) {
          assertThat(proof.verifies(last.checkpoint().root(), now.checkpoint().root())).isTrue();
        }
        last = now;
      } else {
        refusals.add((Entry.Refusal) entry);
      }
    }
    assertThat(expected).as("leaves without a receipt").isEmpty();
  }

  List<String> codes() {
    return refusals.stream().map(Entry.Refusal::code).toList();
  }
}
