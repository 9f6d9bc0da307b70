package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.courier.BundleImport;
import dev.cairn.client.held.Unreconciled;
import dev.cairn.client.ledger.HonestLedger;
import dev.cairn.client.ledger.LedgerSpace;
import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.report.ReportState;
import dev.cairn.client.sync.LyingServerException;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.suite.Digest;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints that a courier brings, held against the log at once or at the next contact. */
class ReconciliationTest {

  @TempDir Path folder;
  private TestSpace space;
  private Device desk;
  private Device phone;
  private Device courier;
  private Device other;
  private RecordId second;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 5);
    desk = space.owner("desk");
    phone = space.reporter(desk, "phone");
    courier = space.reporter(desk, "courier");
    other = space.reporter(desk, "other");
    space.sync(courier);
    space.sync(other);
  }

  @AfterEach
  void end() {
    space.close();
  }

  private ReportState state(RecordId record) throws Exception {
    return phone.show(record).status().state();
  }

  private Unreconciled waiting(Device device) throws Exception {
    return device
        .holdings()
        .store()
        .read(rows -> Unreconciled.read(rows, device.holdings().roster().logs()));
  }

  /** Two bundles whose answers cross: the second is proven from nothing the phone had seen. */
  private byte[] crossing(HonestLedger answersSecond) throws Exception {
    phone.record(TestSpace.note("first"));
    byte[] one = Sticks.from(phone);
    second = phone.record(TestSpace.note("second"));
    byte[] two = Sticks.from(phone);
    Sticks.into(phone, Sticks.there(courier, one, space.ledger));
    return Sticks.there(other, two, answersSecond);
  }

  private void makeWait() throws Exception {
    BundleImport taken = Sticks.into(phone, crossing(space.ledger));
    assertThat(taken.unreconciled()).isEqualTo(1);
    assertThat(taken.receipts()).isZero();
  }

  @Test
  void answer_fromWhatWasSeen_isReconciledAtOnce() throws Exception {
    phone.record(TestSpace.note("first"));
    Sticks.into(phone, Sticks.there(courier, Sticks.from(phone), space.ledger));
    RecordId later = phone.record(TestSpace.note("later"));
    BundleImport taken = Sticks.into(phone, Sticks.there(other, Sticks.from(phone), space.ledger));
    assertThat(taken.unreconciled()).isZero();
    assertThat(state(later)).isEqualTo(ReportState.RECEIVED);
  }

  @Test
  void answer_fromAnotherSight_isNotReceivedAndNotSealed() throws Exception {
    makeWait();
    assertThat(state(second)).isEqualTo(ReportState.SAVED);
    assertThat(phone.show(second).status().sealed()).isFalse();
    assertThat(phone.fsck().ok()).isTrue();
    assertThat(phone.fsck().checked()).containsEntry("unreconciled", 1L);
  }

  @Test
  void unreconciled_afterReopening_stillWaits() throws Exception {
    makeWait();
    space.close(phone);
    phone = space.open("phone");
    assertThat(waiting(phone).all()).hasSize(1);
    assertThat(state(second)).isEqualTo(ReportState.SAVED);
  }

  @Test
  void unreconciled_nextBundle_asksAndIsReconciled() throws Exception {
    makeWait();
    space.close(phone);
    phone = space.open("phone");
    Device third = space.reporter(desk, "third");
    Sticks.into(phone, Sticks.there(third, Sticks.from(phone), space.ledger));
    assertThat(waiting(phone).all()).isEmpty();
    assertThat(state(second)).isEqualTo(ReportState.RECEIVED);
    assertThat(phone.fsck().problems()).isEmpty();
  }

  @Test
  void unreconciled_whatWaitedCounts_whenTheProofComesAlone() throws Exception {
    makeWait();
    // The next answer's own receipts are lost: what is left of it is the proof.
    HonestLedger mute =
        new HonestLedger(space.ledger) {
          @Override
          protected dev.cairn.protocol.log.Receipt receipt(LedgerSpace at, long first, long count) {
            return super.receipt(at, 0, 1);
          }
        };
    mute.copy(space.ledger);
    Device third = space.reporter(desk, "third");
    space.sync(third);
    mute.copy(space.ledger);
    BundleImport taken = Sticks.into(phone, Sticks.there(third, Sticks.from(phone), mute));
    assertThat(taken.receipts()).isEqualTo(1);
    assertThat(state(second)).isEqualTo(ReportState.RECEIVED);
  }

  @Test
  void unreconciled_nextSync_asksAndIsReconciled() throws Exception {
    makeWait();
    desk.record(TestSpace.note("the log grows"));
    space.sync(desk);
    LedgerTransport transport = LedgerTransport.to(space.ledger);
    phone.sync(transport, SyncListener.NONE);
    assertThat(transport.targets()).anyMatch(target -> target.contains("/proof?size="));
    assertThat(waiting(phone).all()).isEmpty();
    assertThat(state(second)).isEqualTo(ReportState.RECEIVED);
    assertThat(phone.fsck().problems()).isEmpty();
  }

  @Test
  void unreconciled_serverGivesNoAnswer_goesOnWaiting() throws Exception {
    makeWait();
    desk.record(TestSpace.note("the log grows"));
    space.sync(desk);
    HonestLedger busy =
        new HonestLedger(space.ledger) {
          @Override
          protected List<Digest> consistency(LedgerSpace at, long from, long size)
              throws CairnException {
            throw new RefusedException("server.busy", "busy");
          }
        };
    busy.copy(space.ledger);
    phone.sync(LedgerTransport.to(busy), SyncListener.NONE);
    assertThat(waiting(phone).all()).hasSize(1);
    assertThat(phone.fsck().problems()).isEmpty();
  }

  private void assertLies(org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            LyingServerException.class,
            lie -> {
              assertThat(lie.code()).isEqualTo("server.lies");
              assertThat(lie.seen()).isNotEmpty();
              assertThat(lie.offered()).isNotEmpty();
            });
  }

  private static void assertKept(Device device) throws Exception {
    assertThat(device.fsck().problems())
        .extracting(problem -> problem.kind())
        .containsExactly("server.lies");
  }

  private HonestLedger forked() throws Exception {
    HonestLedger twin = Liars.twin(space.ledger);
    other.record(TestSpace.note("only on the twin"));
    other.record(TestSpace.note("more on the twin"));
    other.sync(LedgerTransport.to(twin), SyncListener.NONE);
    return twin;
  }

  @Test
  void forkedLog_fromACourier_isNotBelievedAndCaughtAtTheNextSync() throws Exception {
    BundleImport taken = Sticks.into(phone, crossing(forked()));
    assertThat(taken.unreconciled()).isEqualTo(1);
    assertThat(state(second)).isEqualTo(ReportState.SAVED);
    space.close(phone);
    phone = space.open("phone");
    for (int i = 0; i < 5; i++) {
      desk.record(TestSpace.note("on the honest one " + i));
    }
    space.sync(desk);

    assertLies(() -> space.sync(phone));

    space.close(phone);
    phone = space.open("phone");
    assertKept(phone);
    space.sync(phone);
    assertKept(phone);
    assertThat(state(second)).isEqualTo(ReportState.RECEIVED);
  }

  @Test
  void forkedLog_largerThanTheServersOwn_isCaught() throws Exception {
    Sticks.into(phone, crossing(forked()));
    assertLies(() -> space.sync(phone));
    assertKept(phone);
  }

  @Test
  void forkedLog_ofTheSameSize_isCaughtAtOnceAndTheRestIsTakenIn() throws Exception {
    phone.record(TestSpace.note("first"));
    byte[] stick = Sticks.from(phone);
    HonestLedger twin = Liars.twin(space.ledger);
    courier.record(TestSpace.note("on one"));
    other.record(TestSpace.note("on the other"));
    byte[] honest = Sticks.there(courier, stick, space.ledger);
    byte[] lying = Sticks.there(other, stick, twin);
    Sticks.into(phone, honest);
    Device author = space.reporter(desk, "author");
    author.record(TestSpace.note("of somebody else"));
    byte[] more = Sticks.from(author);
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    bundle.write(lying);
    bundle.write(more, 15, more.length - 15);

    assertLies(() -> Sticks.into(phone, bundle.toByteArray()));

    assertKept(phone);
    long before = space.ledger.changeCount();
    space.sync(phone);
    assertThat(space.ledger.changeCount()).isEqualTo(before + 2);
  }

  @Test
  void desk_handedABundle_findsThatItsAuthorWasShownAnotherHistory() throws Exception {
    HonestLedger twin = forked();
    phone.record(TestSpace.note("first"));
    byte[] first = Sticks.from(phone);
    Sticks.into(phone, Sticks.there(other, first, twin));
    phone.record(TestSpace.note("second"));
    for (int i = 0; i < 9; i++) {
      courier.record(TestSpace.note("on the honest one " + i));
    }
    space.sync(courier);

    Sticks.into(desk, first);
    Sticks.into(desk, Sticks.from(phone));
    assertThat(TestSpace.notes(desk)).containsExactly("first", "second");
    assertLies(() -> space.sync(desk));
    assertKept(desk);
  }

  @Test
  void desk_handedACheckpointOfItsOwnSizeAndAnotherRoot_findsOutAtOnce() throws Exception {
    phone.record(TestSpace.note("first"));
    byte[] stick = Sticks.from(phone);
    HonestLedger twin = Liars.twin(space.ledger);
    courier.record(TestSpace.note("on one"));
    other.record(TestSpace.note("on the other"));
    Sticks.there(courier, stick, space.ledger);
    Sticks.into(phone, Sticks.there(other, stick, twin));
    space.sync(desk);
    phone.record(TestSpace.note("second"));
    assertLies(() -> Sticks.into(desk, Sticks.from(phone)));
    assertThat(TestSpace.notes(desk)).contains("first", "second");
    assertKept(desk);
  }

  @Test
  void answers_inTheWrongOrder_countWhenTheFirstComes() throws Exception {
    phone.record(TestSpace.note("first"));
    Sticks.into(phone, Sticks.there(courier, Sticks.from(phone), space.ledger));
    phone.record(TestSpace.note("a"));
    byte[] one = Sticks.from(phone);
    byte[] first = Sticks.there(courier, one, space.ledger);
    RecordId late = phone.record(TestSpace.note("b"));
    byte[] two = Sticks.from(phone);
    byte[] then = Sticks.there(other, two, space.ledger);
    Sticks.into(phone, then);
    Sticks.into(phone, first);
    assertThat(state(late)).isEqualTo(ReportState.RECEIVED);
    assertThat(phone.fsck().problems()).isEmpty();
  }
}
