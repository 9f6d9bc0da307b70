package dev.cairn.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.cli.CairnProcess;
import dev.cairn.cli.CommandRun;
import dev.cairn.cli.faults.Strace.Injection;
import dev.cairn.cli.faults.Strace.Seen;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cairn sync} and {@code cairn report add} are killed at their n-th fsync. */
final class KilledDeviceTest {

  private static final int REPORTS = 6;
  private static final Pattern TOLD = Pattern.compile("acknowledged (\\d+) of");

  @TempDir private Path folder;
  private ReadySpace ready;

  /** Runs a command that is killed at an fsync, if there are so many. */
  private CommandRun command(Life life, long n, Path log, String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--data", life.phone().toString(), "--json"));
    all.addAll(List.of("--passphrase-file", ready.passphraseFile()));
    List<String> command = CairnProcess.words(all.toArray(new String[0]));
    Injection injection = new Injection("fsync,fdatasync", "signal=SIGKILL", n);
    return CairnProcess.start(Strace.around(injection, log, command)).finish();
  }

  private static long told(String stderr) {
    long told = 0;
    for (Matcher line = TOLD.matcher(stderr); line.find(); ) {
      told = Long.parseLong(line.group(1));
    }
    return told;
  }

  private boolean killSync(long n, Tally tally) throws Exception {
    Life life = new Life(ready, folder.resolve("sync" + n));
    long before = life.told().acknowledged().size();
    life.record(Life.names("n" + n, REPORTS));
    Path log = life.folder().resolve("strace.log");
    life.whileServing(
        () -> {
          CommandRun run = command(life, n, log, "sync");
          assertThat(run.stderr()).doesNotContain("\tat ");
          boolean killed = Seen.in(log).killed();
          tally.run(n, killed, killed ? "killed" : "exit " + run.exit());
          life.account(tally);
          assertThat((long) life.told().acknowledged().size())
              .isGreaterThanOrEqualTo(before + told(run.stderr()));
        });
    Seen seen = Seen.in(log);
    tally.threads(seen.calls().size());
    life.finish();
    life.remove();
    return seen.killed();
  }

  private boolean killAdd(long n, Tally tally) throws Exception {
    Life life = new Life(ready, folder.resolve("add" + n));
    String name = "added" + n;
    Path log = life.folder().resolve("strace.log");
    CommandRun run =
        command(life, n, log, "report", "add", "--set", "code=" + name, "--label", name);
    Seen seen = Seen.in(log);
    boolean answered = run.stdout().contains("record");
    boolean kept = life.labels().contains(name);
    tally.run(
        n,
        seen.killed(),
        (seen.killed() ? "killed" : "exit " + run.exit()) + (kept ? ", kept" : ", not kept"));
    tally.threads(seen.calls().size());
    tally.account(answered ? 1 : 0, answered && kept ? 1 : 0, 0);
    if (kept) {
      life.expect(List.of(name));
    }
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
  @Tag(Extent.TAG)
  void syncKilledAtEveryFsync_losesNothing() throws Exception {
    Extent.requireStrace();
    ready = ReadySpace.over(true);
    Tally tally = new Tally("kill-sync");
    Extent.whole(1, n -> killSync(n, tally));
    judge(tally);
  }

  @Test
  @Tag(Extent.TAG)
  void addKilledAtEveryFsync_losesNothing() throws Exception {
    Extent.requireStrace();
    ready = ReadySpace.over(true);
    Tally tally = new Tally("kill-add");
    Extent.whole(1, n -> killAdd(n, tally));
    judge(tally);
  }
}
