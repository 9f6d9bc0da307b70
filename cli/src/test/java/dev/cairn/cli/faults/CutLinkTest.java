package dev.cairn.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.cli.faults.CuttingLink.Way;
import dev.cairn.client.Device;
import dev.cairn.client.transport.Transport;
import dev.cairn.server.RunningServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The link is cut after every byte of a sync that pushes three reports and pulls what a desk said,
 * in either direction. Real HTTP, the real stores; a life holds many cuts, one after another.
 */
final class CutLinkTest {

  private static final int REPORTS = 3;

  /** More than the requests that a server runs at once for one device. */
  private static final int CUTS_IN_A_ROW = 24;

  /** Of a push in the clear: its head is whole, and its body is not. */
  private static final int HEAD_BYTES = 600;

  private static final int CUTS_A_LIFE = 20;

  @TempDir private Path folder;
  private ReadySpace ready;
  private Life life;
  private RunningServer server;
  private CuttingLink link;
  private Device phone;
  private Device desk;
  private int cuts;

  @AfterEach
  void end() throws Exception {
    if (server != null) {
      phone.close();
      desk.close();
      link.close();
      server.close();
      server = null;
    }
  }

  private void beginLife(String name) throws Exception {
    if (life == null || cuts == CUTS_A_LIFE) {
      finishLife();
      life = new Life(ready, folder.resolve(name));
      server = life.serve();
      link = new CuttingLink(ready.port());
      phone = ready.open(life.phone());
      desk = ready.open(life.desk());
      cuts = 0;
    }
    cuts++;
  }

  private void finishLife() throws Exception {
    end();
    if (life != null) {
      life.finish();
      life.remove();
    }
  }

  private boolean cut(Way way, long n, Tally tally) throws Exception {
    String name = way.name() + n;
    beginLife(name);
    ReadySpace.record(phone, life.expect(Life.names(name, REPORTS)));
    link.cutAfter(way, n);
    String outcome;
    try (Transport transport = ready.transport(link.port())) {
      outcome = ReadySpace.outcome(phone, transport);
    }
    boolean hit = link.mend();
    tally.run(n, hit, outcome);
    life.account(phone, tally);
    try (Transport transport = life.transport()) {
      assertThat(ReadySpace.sync(phone, transport).remaining()).isZero();
      life.assertOnce(phone);
      ReadySpace.sync(desk, transport); // What it confirms waits for the phone's next sync.
    }
    return hit;
  }

  private void whole(String name, boolean tls, Way way) throws Exception {
    ready = ReadySpace.over(tls);
    Tally tally = new Tally(name);
    try {
      Extent.whole(0, n -> cut(way, n, tally));
      finishLife();
    } finally {
      tally.tell();
    }
    judge(tally);
  }

  private static void judge(Tally tally) {
    assertThat(tally.lost()).isZero();
    assertThat(tally.doubled()).isZero();
    assertThat(tally.outcomes().keySet()).isSubsetOf(ReadySpace.DONE, "server.unreachable");
    assertThat(tally.outcomes()).containsKey("server.unreachable");
  }

  @Test
  void fewCuts_eitherWay_loseNothing() throws Exception {
    ready = ReadySpace.over(false);
    Tally tally = new Tally("cut-few");
    Extent.few(n -> cut(Way.UP, n, tally), 0, 700, 1500);
    Extent.few(n -> cut(Way.DOWN, n, tally), 1, 400, 700);
    finishLife();
    tally.tell();
    judge(tally);
  }

  @Test
  void linkThatIsCutAgainAndAgain_afterTheHeadOfAPush_deviceIsServedOnceItHolds() throws Exception {
    ready = ReadySpace.over(false);
    beginLife("again");
    Tally tally = new Tally("cut-again");
    for (int i = 0; i < CUTS_IN_A_ROW; i++) {
      ReadySpace.record(phone, life.expect(List.of("patient" + i)));
      link.cutAfter(Way.UP, HEAD_BYTES);
      try (Transport transport = ready.transport(link.port())) {
        tally.run(i, true, ReadySpace.outcome(phone, transport));
      }
      assertThat(link.mend()).isTrue();
      try (Transport transport = life.transport()) {
        assertThat(ReadySpace.outcome(phone, transport)).isEqualTo(ReadySpace.DONE);
      }
    }
    finishLife();
    tally.tell();
    judge(tally);
  }

  @Test
  @Tag(Extent.TAG)
  void everyByte_up_losesNothing() throws Exception {
    whole("cut-up", false, Way.UP);
  }

  @Test
  @Tag(Extent.TAG)
  void everyByte_down_losesNothing() throws Exception {
    whole("cut-down", false, Way.DOWN);
  }
}
