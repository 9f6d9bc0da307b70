package dev.cairn.client;

import static dev.cairn.client.Liars.assertCaught;
import static dev.cairn.client.Liars.assertCut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.held.LogSight;
import dev.cairn.client.ledger.HonestLedger;
import dev.cairn.client.ledger.LedgerSpace;
import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.report.ReportState;
import dev.cairn.client.sync.LyingServerException;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.sync.SyncResult;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.log.Receipt;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.SigningKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LyingServerTest {

  private static final String OTHER_HISTORY =
      "the server shows a log that does not continue the one it showed before";

  @TempDir Path folder;
  private TestSpace space;
  private Device desk;
  private Device phone;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 2);
    desk = space.owner("desk");
    phone = space.reporter(desk, "phone");
    space.sync(phone);
    space.sync(desk);
  }

  @AfterEach
  void end() {
    space.close();
  }

  /** The desk has seen one change more on the first, the phone another on the second. */
  private HonestLedger forked() throws Exception {
    HonestLedger twin = Liars.twin(space.ledger);
    desk.record(TestSpace.note("only on the first"));
    space.sync(desk);
    phone.record(TestSpace.note("only on the second"));
    phone.sync(LedgerTransport.to(twin), SyncListener.NONE);
    return twin;
  }

  @Test
  void history_forkedAtTheSameSize_isCaughtAndBothCheckpointsAreKept() throws Exception {
    HonestLedger twin = forked();
    assertCaught(desk, twin)
        .isInstanceOfSatisfying(
            LyingServerException.class,
            e -> {
              assertThat(e.seen()).isNotEmpty();
              assertThat(e.offered()).isNotEmpty().isNotEqualTo(e.seen());
            })
        .hasMessage(OTHER_HISTORY);
    Liars.assertKept(desk);
  }

  @Test
  void history_forkedAndGrown_isCaught() throws Exception {
    HonestLedger twin = forked();
    phone.record(TestSpace.note("more on the second"));
    phone.sync(LedgerTransport.to(twin), SyncListener.NONE);
    assertCaught(desk, twin).hasMessage(OTHER_HISTORY);
    Liars.assertKept(desk);
  }

  /** The leaves that it tells are others from the first on; what it signed comes last. */
  @Test
  void history_forkedAndReadFromItsStart_isCaughtAndBothCheckpointsAreKept() throws Exception {
    HonestLedger twin = forked();
    LogSight sight = desk.holdings().log();
    desk.holdings().store().change(rows -> sight.outdated().write(rows));
    space.close(desk);
    desk = space.open("desk");

    assertCaught(desk, twin).hasMessage(OTHER_HISTORY);

    Liars.assertKept(desk);
  }

  private HonestLedger rolledBack(boolean admits) throws Exception {
    HonestLedger old =
        Liars.copied(
            space.ledger,
            new HonestLedger(space.ledger) {
              @Override
              protected boolean admitsBehind() {
                return admits;
              }
            });
    for (int i = 0; i < 5; i++) {
      phone.record(TestSpace.note("seen " + i));
    }
    space.sync(phone);
    return old;
  }

  @Test
  void history_rolledBack_isCaughtAndNothingIsReceived() throws Exception {
    HonestLedger old = rolledBack(false);
    RecordId record = phone.record(TestSpace.note("new"));
    assertCaught(phone, old).hasMessage("the server shows an older log than it showed before");
    assertThat(phone.show(record).status().state()).isNotEqualTo(ReportState.RECEIVED);
    Liars.assertKept(phone);
  }

  @Test
  void history_rolledBackAndAdmitted_isRefusedAsBehindAndNothingIsReceived() throws Exception {
    HonestLedger old = rolledBack(true);
    RecordId record = phone.record(TestSpace.note("new"));
    assertThatThrownBy(() -> phone.sync(LedgerTransport.to(old), SyncListener.NONE))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo("log.behind"));
    assertThat(phone.show(record).status().state()).isEqualTo(ReportState.SAVED);
    assertThat(phone.fsck().problems()).isEmpty();
  }

  @Test
  void change_refusedAndTheNextReceipted_nothingIsReceivedWithoutItsOwnProof() throws Exception {
    boolean[] denied = {false};
    HonestLedger liar =
        new HonestLedger(space.ledger) {
          @Override
          protected void accepted(Entry entry) throws RefusedException {
            if (entry instanceof Entry.OfFrame && !denied[0]) {
              denied[0] = true;
              throw new RefusedException("server.busy", "not now");
            }
          }
        };
    liar.copy(space.ledger);
    for (int i = 0; i < 20; i++) {
      phone.record(TestSpace.note("report " + i));
    }
    SyncResult result = phone.sync(LedgerTransport.to(liar), SyncListener.NONE);
    assertThat(denied[0]).isTrue();
    assertThat(result.pushed()).isZero();
    assertThat(phone.list()).allMatch(report -> report.state() == ReportState.SAVED);
    assertThat(phone.fsck().problems()).isEmpty();
    phone.sync(LedgerTransport.to(liar), SyncListener.NONE);
    assertThat(phone.list()).allMatch(report -> report.state() == ReportState.RECEIVED);
  }

  @Test
  void nonce_thatNobodyCanSignWith_endsThatSyncAndNoOther() throws Exception {
    HonestLedger liar =
        Liars.copied(
            space.ledger,
            new HonestLedger(space.ledger) {
              @Override
              public String nonce() {
                return "no nonce";
              }
            });
    phone.record(TestSpace.note("report"));
    assertThatThrownBy(() -> phone.sync(LedgerTransport.to(liar), SyncListener.NONE))
        .isInstanceOf(CairnException.class);
    space.sync(phone);
    assertThat(phone.list()).allMatch(report -> report.state() == ReportState.RECEIVED);
  }

  @Test
  void log_signedByAnotherKey_isCaught() throws Exception {
    HonestLedger swapped =
        new HonestLedger(
            SigningKey.generate(space.host.randomness()),
            space.ledger.bundleKey(),
            space.host.randomness());
    swapped.copy(space.ledger);
    RecordId record = phone.record(TestSpace.note("report"));
    assertCaught(phone, swapped).hasMessage("the server shows a log that its key did not sign");
    assertThat(phone.show(record).status().state()).isEqualTo(ReportState.SAVED);
    assertThat(phone.show(record).status().sealed()).isFalse();
  }

  @Test
  void receipt_forSomethingElse_isCaughtAndNothingIsReceived() throws Exception {
    HonestLedger liar =
        new HonestLedger(space.ledger) {
          @Override
          protected Receipt receipt(LedgerSpace at, long first, long count) {
            return super.receipt(at, 0, count);
          }
        };
    liar.copy(space.ledger);
    RecordId record = phone.record(TestSpace.note("report"));
    assertCaught(phone, liar).hasMessage("the server's receipt does not prove what it should");
    assertThat(phone.show(record).status().state()).isEqualTo(ReportState.SAVED);
    assertThat(phone.show(record).changes()).hasSize(1);
  }

  @Test
  void leaf_swappedForTheDesk_isCaught() throws Exception {
    phone.record(TestSpace.note("hidden from the desk"));
    space.sync(phone);
    HonestLedger liar = Liars.passingFrames(space.ledger, LyingServerTest::swapped);
    assertCaught(desk, liar)
        .hasMessage("the leaves the server shows are not those of the root it signed");
    space.sync(desk);
    assertThat(TestSpace.notes(desk)).containsExactly("hidden from the desk");
  }

  private static Entry swapped(Entry.OfFrame entry) {
    Digest other = Digest.of(new byte[32]);
    int count = entry.frame().changes().size();
    return new Entry.Leaves(entry.positions().get(0), Collections.nCopies(count, other));
  }

  @Test
  void session_hiddenFromTheDesk_isCaught_andAnHonestServerHealsIt() throws Exception {
    phone.record(TestSpace.note("without its session"));
    space.sync(phone);
    phone.record(TestSpace.note("and the next"));
    space.sync(phone);
    HonestLedger liar = Liars.passingFrames(space.ledger, LyingServerTest::withoutSession);
    assertCaught(desk, liar).hasMessage("the log holds what does not prove itself: feed.gap");
    space.sync(desk);
    assertThat(TestSpace.notes(desk)).hasSize(2);
  }

  private static Entry withoutSession(Entry.OfFrame entry) {
    return entry.frame().changes().get(0).opensSession() ? Liars.bare(entry) : entry;
  }

  @Test
  void body_withheldFromTheDesk_isCaughtAndToldByFsck() throws Exception {
    phone.record(TestSpace.note("kept from the desk"));
    space.sync(phone);
    HonestLedger liar = Liars.passingFrames(space.ledger, LyingServerTest::withoutBodies);

    assertCaught(desk, liar)
        .hasMessage("the server withholds what was written, and nobody withdrew it");

    assertThat(desk.fsck().problems())
        .extracting(problem -> problem.kind())
        .contains("server.lies", "change.body-missing");
  }

  @Test
  void body_whoseErasureWasNotReadYet_isNoDamage() throws Exception {
    phone.record(TestSpace.note("comes bare, and then the link is cut"));
    space.sync(phone);
    assertThatAnAnswerWithoutBodiesIsCut();
    assertThat(desk.fsck().problems()).isEmpty();
    assertThat(desk.fsck().checked()).containsEntry("bodies_awaited", 1L);

    space.sync(desk);

    assertThat(TestSpace.notes(desk)).containsExactly("comes bare, and then the link is cut");
    assertThat(desk.fsck().problems()).isEmpty();
    assertThat(desk.fsck().checked()).containsEntry("bodies_awaited", 0L);
  }

  /** What was once withheld, and came, says nothing of what is awaited now. */
  @Test
  void body_whoseErasureWasNotReadYet_afterALieOfOld_isNoDamage() throws Exception {
    phone.record(TestSpace.note("kept from the desk"));
    space.sync(phone);
    assertCaught(desk, Liars.passingFrames(space.ledger, LyingServerTest::withoutBodies));
    space.sync(desk);
    assertThat(desk.fsck().problems())
        .extracting(problem -> problem.kind())
        .containsExactly("server.lies");

    phone.record(TestSpace.note("comes bare, and then the link is cut"));
    space.sync(phone);
    assertThatAnAnswerWithoutBodiesIsCut();

    assertThat(desk.fsck().problems())
        .extracting(problem -> problem.kind())
        .containsExactly("server.lies");
    assertThat(desk.fsck().checked()).containsEntry("bodies_awaited", 1L);
  }

  @Test
  void body_awaitedRightAfterALie_isNoDamageAndTheOneWithheldIs() throws Exception {
    phone.record(TestSpace.note("kept from the desk"));
    space.sync(phone);
    assertCaught(desk, Liars.passingFrames(space.ledger, LyingServerTest::withoutBodies));
    phone.record(TestSpace.note("comes bare, and then the link is cut"));
    space.sync(phone);
    assertThatAnAnswerWithoutBodiesIsCut();

    assertThat(desk.fsck().problems())
        .extracting(problem -> problem.kind())
        .containsExactlyInAnyOrder("server.lies", "change.body-missing");
    assertThat(desk.fsck().checked()).containsEntry("bodies_awaited", 1L);
  }

  private void assertThatAnAnswerWithoutBodiesIsCut() {
    assertCut(
        desk,
        Liars.answering(
            space.ledger,
            entries ->
                entries.stream()
                    .filter(Entry.OfFrame.class::isInstance)
                    .map(entry -> withoutBodies((Entry.OfFrame) entry))
                    .toList()));
  }

  private static Entry withoutBodies(Entry.OfFrame entry) {
    List<Change> bare = new ArrayList<>();
    entry.frame().changes().forEach(change -> bare.add(change.withoutCiphertext()));
    return new Entry.OfFrame(Frame.of(bare), entry.positions());
  }

  @Test
  void place_thatNobodySignedInAnAnswerThatWasCut_partsNobodyFromAnHonestServer() throws Exception {
    HonestLedger liar =
        Liars.answering(
            space.ledger,
            entries -> {
              Entry.Statement first = (Entry.Statement) entries.get(0);
              return List.of(new Entry.Statement(first.statement(), OptionalLong.of(1L << 39)));
            });
    assertCut(phone, liar);
    desk.record(TestSpace.note("the log grows"));
    space.sync(desk);

    space.sync(phone);

    assertThat(phone.state().checkpoint()).isEqualTo(desk.state().checkpoint());
  }

  @Test
  void leaves_thatNobodySignedInAnAnswerThatWasCut_brandNoHonestServer() throws Exception {
    phone.record(TestSpace.note("written meanwhile"));
    space.sync(phone);
    List<Digest> none = List.of(Digest.of(new byte[Digest.SIZE_BYTES]));
    Entry leaves = new Entry.Leaves(space.ledger.leafCount() - 2, none);
    assertCut(desk, Liars.answering(space.ledger, entries -> List.of(leaves)));

    space.sync(desk);

    assertThat(TestSpace.notes(desk)).containsExactly("written meanwhile");
    assertThat(desk.serverLied()).isFalse();
  }
}
