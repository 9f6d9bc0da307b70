package dev.cairn.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.cli.CairnProcess;
import dev.cairn.cli.CommandRun;
import dev.cairn.cli.faults.Strace.Injection;
import dev.cairn.cli.faults.Strace.Seen;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The disk under a server of its own process fails at its n-th write, or fsync, of a push. The same
 * process has to refuse that by name and take the next push; a life holds many such failures.
 */
final class FailingServerDiskTest {

  private static final int REPORTS = 3;
  private static final int FAULTS_A_LIFE = 40;

  /** What fails, and how. */
  enum Failing {
    WRITE_EIO("pwrite64,write", "error=EIO", ""),
    WRITE_ENOSPC("pwrite64,write", "error=ENOSPC", ""),
    /** Full, and full it stays. */
    FULL("pwrite64,write", "error=ENOSPC", "+"),
    FSYNC_EIO("fsync,fdatasync", "error=EIO", "");

    final String calls;
    final String how;
    final String from;

    Failing(String calls, String how, String from) {
      this.calls = calls;
      this.how = how;
      this.from = from;
    }

    /** At the n-th such call on these files. */
    Injection at(long n, List<Path> files) {
      return new Injection(calls, how, n + from, files);
    }

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @TempDir private Path folder;
  private ReadySpace ready;
  private Life life;
  private CairnProcess server;
  private int faults;

  private void beginLife(long n) throws Exception {
    if (life == null || faults == FAULTS_A_LIFE) {
      finishLife();
      life = new Life(ready, folder.resolve("life" + n));
      server = CairnProcess.start(life.serveWords());
      server.firstLine();
      faults = 0;
    }
    faults++;
  }

  private void finishLife() throws Exception {
    if (life != null) {
      server.terminate();
      CommandRun ended = server.finish();
      server = null;
      assertThat(ended.exit()).isZero();
      assertThat(ended.stderr()).doesNotContain("\tat ");
      life.finish();
      life.remove();
      life = null;
    }
  }

  @AfterEach
  void end() throws Exception {
    if (server != null) {
      server.terminate();
      server.finish();
    }
  }

  private boolean fail(Failing failing, long n, Tally tally) throws Exception {
    beginLife(n);
    life.record(Life.names(failing.name() + n, REPORTS));
    List<Path> files =
        List.of(life.server().resolve("ledger.sqlite"), life.server().resolve("ledger.sqlite-wal"));
    Strace strace = Strace.attach(server, failing.at(n, files), life.folder());
    String outcome;
    try (strace) {
      outcome = life.attempt(life.phone());
    }
    Seen seen = strace.seen();
    tally.run(n, seen.injected() > 0, outcome);
    tally.threads(seen.calls().size());
    life.account(tally);
    assertThat(life.attempt(life.phone())).as("after " + failing + n).isEqualTo(ReadySpace.DONE);
    life.account(tally);
    return seen.injected() > 0;
  }

  private void judge(Tally tally) throws Exception {
    finishLife();
    tally.tell();
    assertThat(tally.fired()).isPositive();
    assertThat(tally.lost()).isZero();
    assertThat(tally.doubled()).isZero();
    assertThat(tally.outcomes().keySet())
        .isSubsetOf(ReadySpace.DONE, "refused store.failed", "refused store.full");
  }

  @Test
  void failingDisk_losesNothing() throws Exception {
    Extent.assumeStrace();
    ready = ReadySpace.over(true);
    Tally tally = new Tally("server-disk-few");
    for (Failing failing : List.of(Failing.FSYNC_EIO, Failing.FULL)) {
      Extent.few(n -> fail(failing, n, tally), 1);
    }
    judge(tally);
  }

  @ParameterizedTest
  @EnumSource(Failing.class)
  @Tag(Extent.TAG)
  void everyFailure_losesNothing(Failing failing) throws Exception {
    Extent.requireStrace();
    ready = ReadySpace.over(true);
    Tally tally = new Tally("server-" + failing.word());
    try {
      Extent.whole(1, n -> fail(failing, n, tally));
    } finally {
      tally.tell();
    }
    judge(tally);
  }
}
