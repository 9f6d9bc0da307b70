package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.log.Consistency;
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
    List<Digest> proof = null;
    for (Entry entry : answer) {
      if (entry instanceof Entry.OfReceipt found) {
        Receipt receipt = Receipt.decode(found.receipt().bytes());
        List<Digest> run = new ArrayList<>();
        for (long i = 0; i < receipt.proof().count(); i++) {
          run.add(expected.remove());
          positions.add(receipt.proof().first() + i);
        }
        SignedCheckpoint now = receipt.verify(run, space.log);
        checkpoints.add(now);
        if (last != null) {
          boolean isNeeded = !receipt.leadsFrom(last.checkpoint().size());
          assertThat(proof != null).as("a proof is there where one is needed").isEqualTo(isNeeded);
          assertThat(
                  isNeeded
                      ? Consistency.check(last, now, proof)
                      : Consistency.check(last, now, receipt.proof()))
              .isInstanceOfAny(Consistency.Same.class, Consistency.Extends.class);
        }
        last = now;
        proof = null;
      } else if (entry instanceof Entry.LogState state) {
        assertThat(state.checkpoint().bytes()).isEmpty();
        proof = state.consistency();
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
