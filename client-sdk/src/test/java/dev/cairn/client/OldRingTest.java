package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.check.FsckReport;
import dev.cairn.client.report.ReportState;
import dev.cairn.client.store.Table;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key ring that is gone, or older than the rows: it seals nothing, and nothing is destroyed. */
class OldRingTest {

  @TempDir Path folder;
  private TestSpace space;
  private Device desk;
  private Path ring;
  private byte[] older;
  private byte[] newer;
  private RecordId record;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 77);
    desk = space.owner("desk");
    Device phone = space.reporter(desk, "phone");
    ring = folder.resolve("phone").resolve("ring");
    older = Files.readAllBytes(ring);
    record = phone.record(TestSpace.note("waits"));
    newer = Files.readAllBytes(ring);
    space.close(phone);
  }

  @AfterEach
  void end() {
    space.close();
  }

  private void putBack(boolean there) throws Exception {
    if (there) {
      Files.write(ring, older);
    } else {
      Files.delete(ring);
    }
  }

  private static boolean isSealed(Device phone) throws Exception {
    return phone.list().get(0).sealed();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ring_olderOrGone_isMissedSealsNothingAndDestroysNothing(boolean there) throws Exception {
    putBack(there);
    Device phone = space.open("phone");

    assertThat(isSealed(phone)).isFalse();
    assertThat(phone.fsck().problems())
        .extracting(FsckReport.Problem::kind)
        .contains("keys.missing");
    space.sync(phone);
    assertThat(phone.list().get(0).state()).isEqualTo(ReportState.RECEIVED);
    assertThat(isSealed(phone)).isFalse();
    space.close(phone);

    Files.write(ring, newer);
    phone = space.open("phone");
    assertThat(isSealed(phone)).isTrue();
    assertThat(phone.fsck().problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void edit_underAnOlderRing_arrivesAndMakesNoSecondKey(boolean there) throws Exception {
    putBack(there);
    Device phone = space.open("phone");

    phone.edit(record, List.of(new Operation.Note("more")));

    assertThat(isSealed(phone)).isFalse();
    assertThat(TestSpace.contentKeys(phone)).isEmpty();
    space.sync(phone);
    space.sync(desk);
    assertThat(TestSpace.notes(desk)).containsExactlyInAnyOrder("waits", "more");
  }

  @Test
  void sealing_ofWhatWasReceived_leavesNothing() throws Exception {
    Device phone = space.open("phone");
    space.sync(phone);

    assertThat(isSealed(phone)).isTrue();
    long left = phone.holdings().store().read(rows -> rows.count(Table.CONTENT));
    assertThat(left).isZero();
    assertThat(TestSpace.contentKeys(phone)).isEmpty();
    assertThat(phone.fsck().problems()).isEmpty();
  }
}
