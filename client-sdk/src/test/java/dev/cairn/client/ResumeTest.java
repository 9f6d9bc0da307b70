package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.ledger.HonestLedger;
import dev.cairn.client.ledger.LedgerSpace;
import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.report.NewRecord;
import dev.cairn.client.report.ReportState;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.transport.TransportException;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.limits.Limits;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cut costs: the frame that was on its way, and nothing that had arrived. */
class ResumeTest {

  private static final double[] PARTS = {0, 0.5, 0.99};

  /** As {@code Limits.SLOW_FRAME_BYTES_MAX}, and the length before it in the stream. */
  private static final int ONE_FRAME = Limits.SLOW_FRAME_BYTES_MAX + 3;

  @TempDir Path folder;
  private TestSpace space;
  private Device desk;
  private Device phone;
  private final Random random = new Random(9);

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 4);
    desk = space.owner("desk");
    phone = space.reporter(desk, "phone");
    space.sync(phone);
  }

  @AfterEach
  void end() {
    space.close();
  }

  /** Reports of about 300 bytes that do not compress. */
  private void record(int count) throws Exception {
    List<NewRecord> reports = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder();
      while (text.length() < 300) {
        text.append((char) ('!' + random.nextInt(90)));
      }
      reports.add(TestSpace.note(text.toString()));
    }
    phone.recordAll(reports);
  }

  private void reopen() throws Exception {
    space.close(phone);
    phone = space.open("phone");
  }

  /** Syncs; returns whether it came to its end. */
  private boolean sync(LedgerTransport link) throws Exception {
    try {
      phone.sync(link, SyncListener.NONE);
      return true;
    } catch (TransportException cut) {
      return false;
    }
  }

  private LedgerTransport link(boolean duplex) {
    return new LedgerTransport(space.ledger, duplex);
  }

  private void assertEverythingArrived(int reports) throws Exception {
    assertThat(phone.list())
        .hasSize(reports)
        .allMatch(report -> report.state() == ReportState.RECEIVED);
    assertThat(phone.fsck().problems()).isEmpty();
    space.sync(desk);
    assertThat(TestSpace.notes(desk)).hasSize(reports).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shortQueue_cutAtEveryBoundaryAndInEveryFrame_costsAtMostOneFrame(boolean duplex)
      throws Exception {
    int reports = 0;
    for (int whole = 0; whole < 3; whole++) {
      for (double part : PARTS) {
        int count = 3 * Limits.FRAME_ITEMS_MAX;
        record(count);
        reports += count;
        LedgerTransport cut = link(duplex).cutAfterEntries(whole, part);
        assertThat(sync(cut)).isFalse();
        if (whole % 2 == 0) {
          reopen();
        }
        LedgerTransport rest = link(duplex);
        assertThat(sync(rest)).isTrue();
        assertThat(rest.bytesRepeated()).as("sent again after %s + %s", whole, part).isZero();
        assertThat(cut.bytesLost()).isLessThan(cut.entryBytesMax());
      }
    }
    assertEverythingArrived(reports);
  }

  @ParameterizedTest
  @CsvSource({"true,500", "false,150"})
  void longQueue_cutAgainAndAgain_costsAtMostOneFrameEachTime(boolean duplex, int reports)
      throws Exception {
    record(reports);
    int cuts = 0;
    long lost = 0;
    LedgerTransport link = link(duplex).cutAfterEntries(2, 0.5);
    while (!sync(link)) {
      assertThat(lost + link.bytesRepeated()).isLessThanOrEqualTo(ONE_FRAME);
      lost = link.bytesLost();
      assertThat(lost).isLessThan(link.entryBytesMax());
      cuts++;
      if (cuts % 2 == 0) {
        reopen();
      }
      link = link(duplex).cutAfterEntries(cuts % 5, PARTS[cuts % PARTS.length]);
    }
    assertThat(lost + link.bytesRepeated()).isLessThanOrEqualTo(ONE_FRAME);
    assertThat(cuts).isGreaterThan(reports / 30);
    assertEverythingArrived(reports);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oneReport_answerLost_isNotSentAgain(boolean duplex) throws Exception {
    record(1);
    assertThat(sync(link(duplex).cutAfterEntries(1, 0))).isFalse();
    assertThat(phone.list()).allMatch(report -> report.state() == ReportState.SAVED);
    reopen();
    LedgerTransport rest = link(duplex);
    assertThat(sync(rest)).isTrue();
    assertThat(rest.entriesCarried()).isZero();
    assertEverythingArrived(1);
  }

  @Test
  void link_thatCarriesOneFrameAndDies_movesForwardEveryTime() throws Exception {
    record(60);
    long held = space.ledger.changeCount();
    while (!sync(link(true).cutAfterEntries(1, 0))) {
      long now = space.ledger.changeCount();
      boolean done = phone.list().stream().allMatch(at -> at.state() == ReportState.RECEIVED);
      assertThat(now > held || done).isTrue();
      held = now;
    }
    assertEverythingArrived(60);
  }

  /** Syncs over such links until everything is received; at most so often. */
  private void syncUntilReceived(Supplier<LedgerTransport> links, int timesMax) throws Exception {
    int times = 0;
    long lost = 0;
    int frame = 0;
    while (phone.list().stream().anyMatch(at -> at.state() != ReportState.RECEIVED)) {
      LedgerTransport link = links.get();
      sync(link);
      frame = Math.max(frame, link.entryBytesMax());
      assertThat(lost + link.bytesRepeated()).isLessThanOrEqualTo(frame);
      lost = link.bytesLost();
      assertThat(++times).isLessThanOrEqualTo(timesMax);
    }
  }

  @ParameterizedTest
  @CsvSource({"true,2", "true,3", "true,4", "false,4"})
  void link_thatDiesAfterSoManySteps_movesForward(boolean duplex, int steps) throws Exception {
    record(40);
    syncUntilReceived(() -> link(duplex).cutAfter(steps), 30);
    space.sync(phone);
    assertEverythingArrived(40);
  }

  /** Room for the head of a push and a small frame; with a question before it there is not. */
  @ParameterizedTest
  @CsvSource({"true,4800", "true,7000", "false,4800"})
  void link_thatCarriesSoManyBytes_movesForward(boolean duplex, int bytes) throws Exception {
    record(40);
    syncUntilReceived(() -> link(duplex).cutAfterBytesUp(bytes), 30);
    space.sync(phone);
    assertEverythingArrived(40);
  }

  @Test
  void push_thatEndedWell_isNotAskedAbout() throws Exception {
    record(2);
    space.sync(phone);
    record(2);
    LedgerTransport link = link(true);
    sync(link);
    assertThat(link.targets()).noneMatch(target -> target.contains("/receipts"));
  }

  @Test
  void changes_thatACourierCarried_areNotSentAgain() throws Exception {
    record(3);
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    phone.exportBundle(bundle, Long.MAX_VALUE);
    reopen();
    LedgerTransport link = link(true);
    assertThat(sync(link)).isTrue();
    assertThat(link.targets()).anyMatch(target -> target.contains("/receipts?from="));
    assertEverythingArrived(3);
  }

  // What the server says about it is not believed.

  private HonestLedger answering(List<Long> positions) {
    HonestLedger liar =
        new HonestLedger(space.ledger) {
          @Override
          protected List<Long> run(LedgerSpace at, DeviceId device, String from) {
            return positions;
          }
        };
    liar.copy(space.ledger);
    return liar;
  }

  @Test
  void server_thatDeniesWhatItHolds_costsAResendAndLosesNothing() throws Exception {
    record(20);
    assertThat(sync(link(true).cutAfterEntries(2, 0))).isFalse();
    LedgerTransport link = LedgerTransport.to(answering(List.of()));
    assertThat(sync(link)).isTrue();
    assertThat(link.bytesRepeated()).isPositive();
    assertThat(phone.list()).allMatch(report -> report.state() == ReportState.RECEIVED);
  }

  @Test
  void server_thatClaimsWhatItDoesNotHold_nothingIsReceivedByIt() throws Exception {
    record(20);
    assertThat(sync(link(true).cutAfterEntries(0, 0.5))).isFalse();
    LedgerTransport link = LedgerTransport.to(answering(List.of(0L, 1L, 2L))).cutAfter(2);
    assertThat(sync(link)).isFalse();
    assertThat(link.targets()).hasSize(1);
    assertThat(phone.list()).allMatch(report -> report.state() == ReportState.SAVED);
    space.sync(phone);
    assertEverythingArrived(20);
  }

  @Test
  void server_thatClaimsMoreThanWasWritten_nothingIsReceivedByIt() throws Exception {
    record(1);
    assertThat(sync(link(true).cutAfterEntries(0, 0.5))).isFalse();
    List<Long> many = new ArrayList<>();
    for (long i = 0; i < space.ledger.leafCount(); i++) {
      many.add(i);
    }
    LedgerTransport link = LedgerTransport.to(answering(many)).cutAfter(2);
    assertThat(sync(link)).isFalse();
    assertThat(phone.list()).allMatch(report -> report.state() == ReportState.SAVED);
    space.sync(phone);
    assertEverythingArrived(1);
  }
}
