package dev.cairn.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.cli.CairnProcess;
import dev.cairn.cli.CommandRun;
import dev.cairn.cli.faults.Strace.Injection;
import dev.cairn.cli.faults.Strace.Seen;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server of its own process is killed at its n-th fsync while a phone pushes to it. */
final class KilledServerTest {

  private static final int REPORTS = 6;
  private static final int KILLED = 128 + 9;

  @TempDir private Path folder;
  private ReadySpace ready;

  private boolean kill(long n, Tally tally) throws Exception {
    Life life = new Life(ready, folder.resolve("kill" + n));
    life.record(Life.names("n" + n, REPORTS));
    CairnProcess server = CairnProcess.start(life.serveWords());
    server.firstLine();
    Strace strace =
        Strace.attach(server, new Injection("fsync,fdatasync", "signal=SIGKILL", n), life.folder());
    String outcome;
    try (strace) {
      outcome = life.attempt(life.phone());
    }
    Seen seen = strace.seen();
    if (!seen.killed()) {
      server.terminate();
    }
    CommandRun ended = server.finish();
    assertThat(ended.exit()).isEqualTo(seen.killed() ? KILLED : 0);
    assertThat(ended.stderr()).doesNotContain("\tat ");
    tally.run(n, seen.killed(), outcome);
    tally.threads(seen.calls().size());
    life.whileServing(() -> life.account(tally));
    life.finish();
    life.remove();
    return seen.killed();
  }

  private static void judge(Tally tally) throws Exception {
    tally.tell();
    assertThat(tally.fired()).isPositive();
    assertThat(tally.lost()).isZero();
    assertThat(tally.doubled()).isZero();
  }

  @Test
  void killedAtAnFsync_losesNothing() throws Exception {
    Extent.assumeStrace();
    ready = ReadySpace.over(true);
    Tally tally = new Tally("kill-server-few");
    Extent.few(n -> kill(n, tally), 1);
    judge(tally);
  }

  @Test
  @Tag(Extent.TAG)
  void killedAtEveryFsync_losesNothing() throws Exception {
    Extent.requireStrace();
    ready = ReadySpace.over(true);
    Tally tally = new Tally("kill-server");
    Extent.whole(1, n -> kill(n, tally));
    judge(tally);
  }
}
