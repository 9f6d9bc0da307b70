package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.ledger.HonestLedger;
import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.report.ReportState;
import dev.cairn.client.sync.LyingServerException;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.id.RecordId;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receipts of a log that turns out not to be the one others see: the report must still arrive. */
class WrongLogTest {

  @TempDir Path folder;
  private TestSpace space;
  private Device desk;
  private Device courier;
  private Device phone;
  private HonestLedger twin;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 31);
    desk = space.owner("desk");
    courier = space.reporter(desk, "courier");
    space.sync(courier);
    phone = space.reporter(desk, "phone");
    twin = new HonestLedger(space.ledger);
    twin.copy(space.ledger);
  }

  @AfterEach
  void end() {
    space.close();
  }

  private ReportState state(RecordId record) throws Exception {
    return phone.show(record).status().state();
  }

  private void assertCaught() {
    assertThatThrownBy(() -> space.sync(phone)).isInstanceOf(LyingServerException.class);
  }

  /** Whatever the phone thinks of the server: what it wrote comes to the desk. */
  private void assertArrivesByHand(RecordId record) throws Exception {
    assertThat(state(record)).isEqualTo(ReportState.SAVED);
    Sticks.into(desk, Sticks.from(phone));
    assertThat(TestSpace.notes(desk)).contains("only on the other");
  }

  @Test
  void firstContact_byACourierWithAnotherLog_isFoundOutAndTheReportGoesOn() throws Exception {
    RecordId record = phone.record(TestSpace.note("only on the other"));
    Sticks.into(phone, Sticks.there(courier, Sticks.from(phone), twin));
    assertThat(state(record)).isEqualTo(ReportState.RECEIVED);

    desk.record(TestSpace.note("meanwhile"));
    space.sync(desk);
    for (int i = 0; i < 5; i++) {
      desk.record(TestSpace.note("and more " + i));
    }
    space.sync(desk);
    assertCaught();

    assertArrivesByHand(record);
  }

  @Test
  void fork_thatExtendsWhatWasSeen_isFoundOutAndTheReportGoesOn() throws Exception {
    space.sync(phone);
    twin.copy(space.ledger);
    RecordId record = phone.record(TestSpace.note("only on the other"));
    phone.sync(LedgerTransport.to(twin), SyncListener.NONE);
    assertThat(state(record)).isEqualTo(ReportState.RECEIVED);

    for (int i = 0; i < 5; i++) {
      desk.record(TestSpace.note("on the real one " + i));
    }
    space.sync(desk);
    assertCaught();

    assertThat(phone.fsck().problems())
        .extracting(problem -> problem.kind())
        .containsExactly("server.lies");
    assertArrivesByHand(record);
  }

  @Test
  void server_thatHasLessThanItHad_provesNothingAnyMore() throws Exception {
    space.sync(phone);
    HonestLedger old = new HonestLedger(space.ledger);
    old.copy(space.ledger);
    RecordId record = phone.record(TestSpace.note("only on the other"));
    space.sync(phone);

    assertThatThrownBy(() -> phone.sync(LedgerTransport.to(old), SyncListener.NONE))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo("log.behind"));
    assertThat(state(record)).isEqualTo(ReportState.SAVED);

    assertThat(space.sync(phone).remaining()).isZero();
    assertThat(state(record)).isEqualTo(ReportState.RECEIVED);
    assertThat(phone.fsck().problems()).isEmpty();
  }
}
