package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.ledger.HonestLedger;
import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.report.ReportState;
import dev.cairn.client.sync.LyingServerException;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.SigningKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LyingServerTest {

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

  private HonestLedger twin() {
    HonestLedger twin = new HonestLedger(space.ledger);
    twin.copy(space.ledger);
    return twin;
  }

  private static void assertCaught(Device device, HonestLedger liar) {
    assertThatThrownBy(() -> device.sync(LedgerTransport.to(liar), SyncListener.NONE))
        .isInstanceOfSatisfying(
            LyingServerException.class, e -> assertThat(e.code()).isEqualTo("server.lies"));
  }

  @Test
  void history_forked_isCaughtAndBothCheckpointsAreKept() throws Exception {
    HonestLedger twin = twin();
    desk.record(TestSpace.note("only on the first"));
    space.sync(desk);
    RecordId record = phone.record(TestSpace.note("only on the second"));
    phone.sync(LedgerTransport.to(twin), SyncListener.NONE);
    phone.record(TestSpace.note("more on the second"));
    phone.sync(LedgerTransport.to(twin), SyncListener.NONE);
    assertCaught(desk, twin);
    assertThat(desk.fsck().problems())
        .extracting(problem -> problem.kind())
        .containsExactly("server.lies");
    assertThat(record).isNotNull();
  }

  @Test
  void history_rolledBack_isCaughtAndNothingIsReceived() throws Exception {
    HonestLedger old =
        new HonestLedger(space.ledger) {
          @Override
          protected boolean admitsBehind() {
            return false;
          }
        };
    old.copy(space.ledger);
    for (int i = 0; i < 5; i++) {
      phone.record(TestSpace.note("seen " + i));
    }
    space.sync(phone);
    RecordId record = phone.record(TestSpace.note("new"));
    assertThatThrownBy(() -> phone.sync(LedgerTransport.to(old), SyncListener.NONE))
        .isInstanceOf(Exception.class);
    assertThat(phone.show(record).status().state()).isNotEqualTo(ReportState.RECEIVED);
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
    assertCaught(phone, swapped);
    assertThat(phone.show(record).status().state()).isEqualTo(ReportState.SAVED);
    assertThat(phone.show(record).status().sealed()).isFalse();
  }

  @Test
  void receipt_forSomethingElse_isCaughtAndNothingIsReceived() throws Exception {
    HonestLedger liar =
        new HonestLedger(space.ledger) {
          @Override
          protected dev.cairn.protocol.log.Receipt receipt(
              dev.cairn.client.ledger.LedgerSpace at, long first, long count) {
            return super.receipt(at, 0, count);
          }
        };
    liar.copy(space.ledger);
    RecordId record = phone.record(TestSpace.note("report"));
    assertCaught(phone, liar);
    assertThat(phone.show(record).status().state()).isEqualTo(ReportState.SAVED);
    assertThat(phone.show(record).changes()).hasSize(1);
  }

  @Test
  void leaf_swappedForTheDesk_isCaught() throws Exception {
    HonestLedger liar =
        new HonestLedger(space.ledger) {
          @Override
          protected List<Entry> pulled(List<Entry> honest) {
            List<Entry> changed = new ArrayList<>();
            for (Entry entry : honest) {
              if (entry instanceof Entry.OfFrame frame) {
                changed.add(
                    new Entry.Hidden(
                        frame.positions().get(0),
                        java.util.Collections.nCopies(
                            frame.frame().changes().size(), Digest.of(new byte[32]))));
              } else {
                changed.add(entry);
              }
            }
            return changed;
          }
        };
    phone.record(TestSpace.note("hidden from the desk"));
    space.sync(phone);
    liar.copy(space.ledger);
    assertCaught(desk, liar);
    space.sync(desk);
    assertThat(TestSpace.notes(desk)).containsExactly("hidden from the desk");
  }
}
