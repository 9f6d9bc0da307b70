package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.disk.FaultyDisk;
import dev.cairn.client.disk.FaultyDisk.Kind;
import dev.cairn.client.report.ReportState;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles out and in, with the disk failing at every step of it in turn. */
class CourierDiskTest {

  @TempDir Path folder;
  private final FaultyDisk disk = new FaultyDisk();
  private TestSpace space;
  private Device desk;
  private Device courier;
  private Device other;
  private Device phone;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 12);
    desk = space.owner("desk");
    courier = space.reporter(desk, "courier");
    other = space.reporter(desk, "other");
    space.disk(disk);
    phone = space.reporter(desk, "phone");
  }

  @AfterEach
  void end() {
    disk.count(Kind.CRASH);
    space.close();
  }

  /** Crashes one step later each time, until it comes through. */
  private void atEveryStep(EveryStep.Action action) throws Exception {
    EveryStep.of(
        disk,
        Kind.CRASH,
        action,
        () -> {
          space.close(phone);
          phone = space.open("phone");
          assertThat(phone.fsck().problems()).isEmpty();
        });
  }

  @Test
  void receipts_crossingOnTheirWay_countOnceWhereverTheDiskFails() throws Exception {
    phone.record(TestSpace.note("first"));
    byte[] one = Sticks.from(phone);
    phone.record(TestSpace.note("second"));
    byte[] two = Sticks.from(phone);
    byte[] answer = Sticks.there(courier, one, space.ledger);
    byte[] crossing = Sticks.there(other, two, space.ledger);
    atEveryStep(() -> Sticks.into(phone, answer));
    atEveryStep(() -> Sticks.into(phone, crossing));
    assertThat(Sticks.into(phone, crossing).unreconciled()).isEqualTo(1);
    byte[][] out = new byte[1][];
    atEveryStep(() -> out[0] = Sticks.from(phone));
    Device third = space.reporter(desk, "third");
    byte[] last = Sticks.there(third, out[0], space.ledger);
    atEveryStep(() -> Sticks.into(phone, last));
    assertThat(phone.list())
        .hasSize(2)
        .allMatch(report -> report.state() == ReportState.RECEIVED && report.sealed());
    assertThat(Sticks.into(phone, last).unreconciled()).isZero();
    assertThat(space.ledger.changeCount()).isEqualTo(3);
  }

  @Test
  void parcelsOfOthers_areCarriedOnWhereverTheDiskFails() throws Exception {
    courier.record(TestSpace.note("carried"));
    byte[] stick = Sticks.from(courier);
    atEveryStep(() -> Sticks.into(phone, stick));
    atEveryStep(() -> space.sync(phone));
    assertThat(space.ledger.changeCount()).isEqualTo(2);
    byte[][] out = new byte[1][];
    atEveryStep(() -> out[0] = Sticks.from(phone));
    assertThat(Sticks.into(courier, out[0]).receipts()).isPositive();
    space.sync(desk);
    assertThat(TestSpace.notes(desk)).containsExactly("carried");
  }
}
