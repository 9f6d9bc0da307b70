package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.check.FsckReport;
import dev.cairn.client.ledger.HonestLedger;
import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.sync.LyingServerException;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.suite.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.assertj.core.api.AbstractThrowableAssert;

/** Servers that tell something else than the honest one they are copies of, and who finds out. */
final class Liars {

  private Liars() {}

  /** A server with the same key and, so far, the same log. */
  static HonestLedger twin(HonestLedger honest) {
    return copied(honest, new HonestLedger(honest));
  }

  /** Gives a liar what an honest server holds. */
  static HonestLedger copied(HonestLedger honest, HonestLedger liar) {
    liar.copy(honest);
    return liar;
  }

  /** A server that answers a pull with what a hand of its own makes of the answer. */
  static HonestLedger answering(HonestLedger honest, UnaryOperator<List<Entry>> hand) {
    return copied(
        honest,
        new HonestLedger(honest) {
          @Override
          protected List<Entry> pulled(List<Entry> entries) {
            return hand.apply(entries);
          }
        });
  }

  /** A server that passes each entry of a pull through a hand of its own. */
  static HonestLedger passing(HonestLedger honest, UnaryOperator<Entry> hand) {
    return answering(honest, entries -> entries.stream().map(hand).toList());
  }

  /** One that does so with frames alone. */
  static HonestLedger passingFrames(HonestLedger honest, Function<Entry.OfFrame, Entry> hand) {
    return passing(
        honest, entry -> entry instanceof Entry.OfFrame frame ? hand.apply(frame) : entry);
  }

  /** Says nothing of a frame's changes but the hashes of their leaves. */
  static Entry bare(Entry.OfFrame frame) {
    List<Digest> leaves = new ArrayList<>();
    frame.frame().changes().forEach(change -> leaves.add(change.leafHash()));
    return new Entry.Leaves(frame.positions().get(0), leaves);
  }

  /** A device that syncs finds out; how, is the caller's to look at. */
  static AbstractThrowableAssert<?, ? extends Throwable> assertCaught(
      Device device, HonestLedger liar) {
    return assertThatThrownBy(() -> device.sync(LedgerTransport.to(liar), SyncListener.NONE))
        .isInstanceOfSatisfying(
            LyingServerException.class, e -> assertThat(e.code()).isEqualTo("server.lies"));
  }

  /** A device that syncs hears no line that the log's key signed, and the sync ends. */
  static void assertCut(Device device, HonestLedger liar) {
    assertThatThrownBy(() -> device.sync(LedgerTransport.to(liar), SyncListener.NONE))
        .hasMessage("the server's answer to a pull is not whole");
  }

  /** That a device keeps the proof, and has nothing else to complain of. */
  static void assertKept(Device device) throws Exception {
    assertThat(device.fsck().problems())
        .extracting(FsckReport.Problem::kind)
        .containsExactly("server.lies");
  }
}
