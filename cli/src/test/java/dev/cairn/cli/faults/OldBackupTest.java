package dev.cairn.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.Device;
import dev.cairn.client.Told;
import dev.cairn.client.report.ReportState;
import dev.cairn.client.report.ReportStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server's folder is put back as it was some acknowledged pushes ago, and nobody says so. Whoever
 * holds newer receipts notices at the first contact, and keeps what was acknowledged.
 */
final class OldBackupTest {

  private static final String BEHIND = "log.behind";

  @TempDir private Path folder;
  private ReadySpace ready;

  /** Goes back by n acknowledged pushes. */
  private void rollBack(int n, Tally tally) throws Exception {
    Life life = new Life(ready, folder.resolve("back" + n));
    Path backup = life.folder().resolve("backup");
    ReadySpace.copy(life.server(), backup);
    life.whileServing(
        () -> {
          for (int i = 0; i < n; i++) {
            life.record(Life.names("back" + n + "." + i, 1));
            life.sync(life.phone());
          }
          life.sync(life.desk());
          life.sync(life.phone());
        });
    List<String> before = life.labels();
    Told told = life.told();
    assertThat(told.acknowledged()).isEqualTo(told.own());
    Files.move(life.server(), life.folder().resolve("lost"));
    Files.move(backup, life.server());

    life.whileServing(
        () -> {
          for (Path store : List.of(life.phone(), life.desk())) {
            String outcome = life.attempt(store);
            tally.run(n, true, outcome);
            assertThat(outcome).as(store.toString()).isIn(BEHIND, "server.lies");
          }
          assertKept(life, told, before, tally);
          life.record(List.of("later" + n));
          tally.run(n, true, life.attempt(life.phone()));
          assertThat(life.attempt(life.phone())).isIn(BEHIND, "server.lies");
          assertKept(life, told, life.labels(), tally);
        });
    life.assertWhole(life.phone());
    life.assertWhole(life.desk());
    // The folder that was lost comes back: everything is acknowledged again, and once.
    Files.move(life.server(), life.folder().resolve("behind"));
    Files.move(life.folder().resolve("lost"), life.server());
    life.finish();
    life.remove();
  }

  /** Every change that was acknowledged is still on the phone, and every report is listed. */
  private void assertKept(Life life, Told told, List<String> labels, Tally tally) throws Exception {
    Told now = life.told();
    long kept = told.acknowledged().stream().filter(now.own()::contains).count();
    tally.account(told.acknowledged().size(), kept, 0);
    assertThat(life.labels()).containsAll(labels);
    try (Device phone = ready.open(life.phone())) {
      List<ReportState> states = new ArrayList<>();
      for (ReportStatus report : phone.list()) {
        states.add(report.state());
      }
      assertThat(states).doesNotContain(ReportState.RECEIVED);
    }
  }

  private void judged(String name, int... pushes) throws Exception {
    ready = ReadySpace.over(true);
    Tally tally = new Tally(name);
    try {
      for (int n : pushes) {
        rollBack(n, tally);
      }
    } finally {
      tally.tell();
    }
    assertThat(tally.lost()).isZero();
  }

  @Test
  void serverPutBack_losesNothing() throws Exception {
    judged("old-backup-few", 1);
  }

  @Test
  @Tag(Extent.TAG)
  void serverPutBackByOneToTenPushes_losesNothing() throws Exception {
    judged("old-backup", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  }
}
