package dev.cairn.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.Device;
import dev.cairn.client.Told;
import dev.cairn.client.transport.Transport;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.server.RunningServer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two clients on one feed: a store's folder is copied, and both go on as the same device, by turns.
 * Nothing of either is lost, and whoever reads the feed can tell that it has forked.
 */
final class ForkedFeedTest {

  @TempDir private Path folder;
  private Life life;

  /** Records on both, and syncs both; the later of the two is last. */
  private void round(int n, List<Device> turn, Transport transport, Tally tally) throws Exception {
    for (int i = 0; i < turn.size(); i++) {
      ReadySpace.record(turn.get(i), life.expect(List.of("round" + n + "." + i)));
    }
    for (Device each : turn) {
      tally.run(n, true, ReadySpace.outcome(each, transport));
      account(each, tally);
    }
  }

  private void account(Device device, Tally tally) throws Exception {
    List<ChangeId> told = Told.of(device).acknowledged();
    List<ChangeId> there = Ledger.of(life.server(), device.profile().device());
    Set<ChangeId> distinct = new HashSet<>(there);
    tally.account(
        told.size(),
        told.stream().filter(distinct::contains).count(),
        there.size() - distinct.size());
  }

  /** A phone cannot fetch what it wrote for the desk, and so does not hear of its double. */
  private void phones(int rounds, Tally tally) throws Exception {
    ReadySpace ready = ReadySpace.over(true);
    life = new Life(ready, folder.resolve("life"));
    Path copy = life.folder().resolve("twin");
    ReadySpace.copy(life.phone(), copy);
    RunningServer server = life.serve();
    try (Transport transport = life.transport()) {
      try (Device phone = ready.open(life.phone());
          Device twin = ready.open(copy)) {
        for (int n = 1; n <= rounds; n++) {
          round(n, n % 2 == 0 ? List.of(phone, twin) : List.of(twin, phone), transport, tally);
        }
        assertThat(phone.fsck().problems()).isEmpty();
        assertThat(twin.fsck().problems()).isEmpty();
      }
      life.assertAtDesk();
      try (Device desk = ready.open(life.desk())) {
        assertThat(desk.state().forks()).isEqualTo(1);
      }
    } finally {
      server.close();
    }
    life.assertWhole(life.server());
  }

  /** A desk reads what it wrote: the doubles hear of each other, and the next to write joins. */
  private void desks(int rounds, Tally tally) throws Exception {
    ReadySpace ready = ReadySpace.over(true);
    life = new Life(ready, folder.resolve("life"));
    Path copy = life.folder().resolve("twin");
    ReadySpace.copy(life.desk(), copy);
    RunningServer server = life.serve();
    try (Transport transport = life.transport()) {
      try (Device desk = ready.open(life.desk());
          Device twin = ready.open(copy)) {
        for (int n = 1; n <= rounds; n++) {
          List<Device> turn = n % 2 == 0 ? List.of(desk, twin) : List.of(twin, desk);
          round(n, turn, transport, tally);
          assertThat(turn.get(1).state().forks()).as("round " + n).isEqualTo(1);
        }
        ReadySpace.sync(desk, transport);
        ReadySpace.record(desk, life.expect(List.of("joining")));
        ReadySpace.sync(desk, transport);
        ReadySpace.sync(twin, transport);
        account(desk, tally);
        account(twin, tally);
        assertThat(desk.state().forks()).isZero();
        assertThat(twin.state().forks()).isZero();
        assertThat(desk.state().setDigest()).isEqualTo(twin.state().setDigest());
        assertThat(twin.fsck().problems()).isEmpty();
      }
      life.assertAtDesk();
    } finally {
      server.close();
    }
    life.assertWhole(life.server());
  }

  private static void judge(Tally tally) throws Exception {
    tally.tell();
    assertThat(tally.lost()).isZero();
    assertThat(tally.doubled()).isZero();
    assertThat(tally.outcomes().keySet()).containsExactly(ReadySpace.DONE);
  }

  @Test
  void twoPhonesOnOneFeed_loseNothing() throws Exception {
    Tally tally = new Tally("fork-phone-few");
    phones(2, tally);
    judge(tally);
  }

  @Test
  @Tag(Extent.TAG)
  void twoPhonesOnOneFeed_thirtyRounds_loseNothing() throws Exception {
    Tally tally = new Tally("fork-phone");
    phones(30, tally);
    judge(tally);
  }

  @Test
  @Tag(Extent.TAG)
  void twoDesksOnOneFeed_thirtyRounds_loseNothing() throws Exception {
    Tally tally = new Tally("fork-desk");
    desks(30, tally);
    judge(tally);
  }
}
