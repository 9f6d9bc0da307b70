package dev.cairn.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.cli.CommandRun;
import dev.cairn.cli.faults.FailingServerDiskTest.Failing;
import dev.cairn.cli.faults.Strace.Seen;
import dev.cairn.server.RunningServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The disk under a phone fails at the n-th write, or fsync, of a command of another process. */
final class FailingDeviceDiskTest {

  private static final int REPORTS = 3;
  private static final int FAULTS_A_LIFE = 40;

  @TempDir private Path folder;
  private ReadySpace ready;
  private Life life;
  private CommandLoop commands;
  private RunningServer server;
  private int faults;
  private boolean hit;

  @AfterEach
  void end() throws Exception {
    if (commands != null) {
      commands.close();
    }
    if (server != null) {
      server.close();
    }
  }

  private void beginLife(long n) throws Exception {
    if (life == null || faults == FAULTS_A_LIFE) {
      finishLife();
      life = new Life(ready, folder.resolve("life" + n));
      server = life.serve();
      faults = 0;
    }
    faults++;
  }

  private void finishLife() throws Exception {
    if (life != null) {
      server.close();
      server = null;
      life.finish();
      life.remove();
      life = null;
    }
  }

  private CommandRun run(Failing failing, long n, Tally tally, String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--data", life.phone().toString(), "--json"));
    all.addAll(List.of("--passphrase-file", ready.passphraseFile()));
    List<Path> files = new ArrayList<>();
    for (String name : List.of("rows.db", "rows.db-wal", "ring", "ring.new", "")) {
      files.add(name.isEmpty() ? life.phone() : life.phone().resolve(name));
    }
    Strace strace = Strace.attach(commands.pid(), failing.at(n, files), life.folder());
    CommandRun run;
    try (strace) {
      run = commands.run(all);
    }
    assertThat(run.stderr() + run.stdout()).doesNotContain("\tat ");
    Seen seen = strace.seen();
    hit = seen.injected() > 0;
    tally.threads(seen.calls().size());
    return run;
  }

  private static String outcome(CommandRun run) {
    return run.exit() == 0 ? ReadySpace.DONE : run.errorCode();
  }

  private boolean failSync(Failing failing, long n, Tally tally) throws Exception {
    beginLife(n);
    life.record(Life.names(failing.name() + n, REPORTS));
    CommandRun run = run(failing, n, tally, "sync");
    tally.run(n, hit, outcome(run));
    life.account(tally);
    assertThat(life.attempt(life.phone())).as("after " + failing + n).isEqualTo(ReadySpace.DONE);
    life.sync(life.desk());
    return hit;
  }

  private boolean failAdd(Failing failing, long n, Tally tally) throws Exception {
    beginLife(n);
    String name = failing.name() + "-add" + n;
    CommandRun run =
        run(failing, n, tally, "report", "add", "--set", "code=" + name, "--label", name);
    boolean kept = life.labels().contains(name);
    boolean told = run.exit() == 0;
    tally.run(n, hit, outcome(run) + (kept ? ", kept" : ", not kept"));
    tally.account(told ? 1 : 0, told && kept ? 1 : 0, 0);
    if (kept) {
      life.expect(List.of(name));
    }
    return hit;
  }

  private void begin() throws Exception {
    ready = ReadySpace.over(true);
    commands = new CommandLoop();
  }

  private void judge(Tally tally) throws Exception {
    finishLife();
    tally.tell();
    assertThat(tally.fired()).isPositive();
    assertThat(tally.lost()).isZero();
    assertThat(tally.doubled()).isZero();
    assertThat(tally.outcomes().keySet())
        .allMatch(outcome -> outcome.matches("(done|store\\.failed|store\\.full)(, .*)?"));
  }

  @Test
  void failingDisk_losesNothing() throws Exception {
    Extent.assumeStrace();
    begin();
    Tally tally = new Tally("device-disk-few");
    Extent.few(n -> failSync(Failing.WRITE_EIO, n, tally), 5);
    Extent.few(n -> failAdd(Failing.FSYNC_EIO, n, tally), 1);
    judge(tally);
  }

  @ParameterizedTest
  @EnumSource(Failing.class)
  @Tag(Extent.TAG)
  void everyFailureOfASync_losesNothing(Failing failing) throws Exception {
    Extent.requireStrace();
    begin();
    Tally tally = new Tally("sync-" + failing.word());
    try {
      Extent.whole(1, n -> failSync(failing, n, tally));
    } finally {
      tally.tell();
    }
    judge(tally);
  }

  @ParameterizedTest
  @EnumSource(Failing.class)
  @Tag(Extent.TAG)
  void everyFailureOfAReport_losesNothing(Failing failing) throws Exception {
    Extent.requireStrace();
    begin();
    Tally tally = new Tally("add-" + failing.word());
    try {
      Extent.whole(1, n -> failAdd(failing, n, tally));
    } finally {
      tally.tell();
    }
    judge(tally);
  }
}
