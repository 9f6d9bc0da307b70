package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.ledger.HonestLedger;
import dev.cairn.client.ledger.LedgerSpace;
import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.report.NewRecord;
import dev.cairn.client.report.ReportState;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.limits.Limits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What arrived by another way is more than one answer tells of: the rest is asked for as well. */
class LongFeedQuestionTest {

  @TempDir Path folder;

  /** A server that holds what another does, and answers as one has to. */
  private static HonestLedger telling(HonestLedger other, List<Integer> told) {
    HonestLedger ledger =
        new HonestLedger(other) {
          @Override
          protected List<Long> run(LedgerSpace at, DeviceId device, String from)
              throws CairnException {
            List<Long> all = super.run(at, device, from);
            List<Long> first = all.subList(0, Math.min(all.size(), Limits.FEED_RECEIPTS_MAX));
            told.add(first.size());
            return first;
          }
        };
    ledger.copy(other);
    return ledger;
  }

  @Test
  void feed_ofOneChangeMoreThanAnAnswerTells_isAskedForTwiceAndNotSentAgain() throws Exception {
    try (TestSpace space = new TestSpace(folder, 12)) {
      Device desk = space.owner("desk");
      Device phone = space.reporter(desk, "phone");
      Device courier = space.reporter(desk, "courier");
      space.sync(phone);
      space.sync(courier);
      int sessions = 1 + Limits.FEED_RECEIPTS_MAX / (1 + Limits.SESSION_CHANGES_MAX);
      List<NewRecord> reports = new ArrayList<>();
      while (reports.size() + sessions <= Limits.FEED_RECEIPTS_MAX) {
        reports.add(TestSpace.note("x"));
      }
      phone.recordAll(reports);
      assertThat(phone.state().changes()).isEqualTo(Limits.FEED_RECEIPTS_MAX + 1L);
      Sticks.into(courier, Sticks.from(phone));
      space.sync(courier);

      List<Integer> told = new ArrayList<>();
      LedgerTransport link = LedgerTransport.to(telling(space.ledger, told));
      phone.sync(link, SyncListener.NONE);

      assertThat(told).containsExactly(Limits.FEED_RECEIPTS_MAX, 1);
      assertThat(link.entriesCarried()).isZero();
      assertThat(phone.list()).allMatch(report -> report.state() == ReportState.RECEIVED);
    }
  }
}
