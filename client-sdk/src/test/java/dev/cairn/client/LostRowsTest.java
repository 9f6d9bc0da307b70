package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.RawRows.Row;
import dev.cairn.client.check.FsckReport;
import dev.cairn.protocol.CairnException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who can write to the disk takes rows away: nothing can be read by it, and nothing goes unseen.
 */
class LostRowsTest {

  @TempDir Path folder;
  private TestSpace space;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 31);
    Device desk = space.owner("desk");
    Device phone = space.reporter(desk, "phone");
    phone.record(TestSpace.note("first"));
    phone.record(TestSpace.note("second"));
    space.sync(phone);
    space.sync(desk);
    space.sync(phone);
    assertThat(desk.fsck().ok()).isTrue();
    assertThat(phone.fsck().ok()).isTrue();
    space.close(desk);
    space.close(phone);
  }

  @ParameterizedTest
  @CsvSource({
    "desk, 7, change.lost",
    "desk, 8, change.place",
    "desk, 10, receipt.lost",
    "phone, 10, receipt.lost"
  })
  void row_takenAway_isMissed(String store, int table, String problem) throws Exception {
    raw(store).loseNewest(table);

    FsckReport report = space.open(store).fsck();

    assertThat(report.problems()).extracting(FsckReport.Problem::kind).contains(problem);
  }

  @Test
  void row_takenAway_isNotOverwrittenByTheNextAndComesBack() throws Exception {
    Device desk = space.open("desk");
    long before = desk.fsck().checked().get("others");
    space.close(desk);
    raw("desk").loseNewest(7);
    Device phone = space.open("phone");
    phone.record(TestSpace.note("third"));
    space.sync(phone);
    desk = space.open("desk");

    space.sync(desk);

    // A session statement and a change.
    assertThat(desk.fsck().checked()).containsEntry("others", before + 2);
    assertThat(TestSpace.notes(desk)).containsExactlyInAnyOrder("first", "second", "third");
    assertThat(desk.fsck().problems()).isEmpty();
  }

  @Test
  void count_putBack_overwritesNothing() throws Exception {
    RawRows raw = raw("desk");
    Map<Row, byte[]> before = raw.all();
    recordAThird();
    for (Row row : before.keySet()) {
      if (row.table() == 18) {
        raw.set(row, before.get(row));
      }
    }
    Device phone = space.open("phone");
    phone.record(TestSpace.note("fourth"));
    space.sync(phone);
    Device desk = space.open("desk");

    space.sync(desk);

    assertThat(TestSpace.notes(desk))
        .containsExactlyInAnyOrder("first", "second", "third", "fourth");
    assertThat(desk.fsck().ok()).isFalse();
    space.sync(desk);
    assertThat(desk.fsck().problems()).isEmpty();
  }

  private RawRows raw(String store) {
    return new RawRows(folder.resolve(store));
  }

  /** A third report, which phone and desk have when both are closed. */
  private void recordAThird() throws Exception {
    Device phone = space.open("phone");
    phone.record(TestSpace.note("third"));
    space.sync(phone);
    Device desk = space.open("desk");
    space.sync(desk);
    space.close(phone);
    space.close(desk);
  }

  /** Looks at a store of which one row is another; what it says is what is wrong. */
  private interface Look {
    String at() throws Exception;
  }

  /** Every row of these alone taken away, and alone put back as it once was. */
  private static List<String> complaints(
      RawRows raw, Map<Row, byte[]> before, Collection<Row> rows, Look look) throws Exception {
    Map<Row, byte[]> now = raw.all();
    Map<String, byte[]> files = raw.files();
    List<String> complaints = new ArrayList<>();
    for (Row row : rows) {
      for (byte[] value : new byte[][] {null, before.get(row)}) {
        if (Arrays.equals(value, now.get(row))) {
          continue;
        }
        raw.set(row, value);
        String found = look.at();
        raw.restore(files);
        if (!found.isEmpty()) {
          complaints.add(row + (value == null ? " taken away: " : " put back: ") + found);
        }
      }
    }
    return complaints;
  }

  /** What the log has comes back at the next sync, whichever row of it was taken or put back. */
  @Test
  void row_ofTheLogTakenAwayOrPutBack_comesBack() throws Exception {
    RawRows raw = raw("desk");
    Map<Row, byte[]> before = raw.all();
    recordAThird();
    Device desk = space.open("desk");
    String digest = desk.state().setDigest().toString();
    space.close(desk);
    List<Row> ofTheLog = new ArrayList<>(raw.all().keySet());
    ofTheLog.removeIf(row -> !Set.of(2, 7, 8, 16, 18).contains(row.table()));
    int[] tried = {0};
    List<String> unmended =
        complaints(
            raw,
            before,
            ofTheLog,
            () -> {
              tried[0]++;
              return mended(digest);
            });
    assertThat(tried[0]).isGreaterThan(15);
    // Only the statement that founded the space: without it nothing of the log can be believed.
    assertThat(unmended).hasSize(1);
    assertThat(unmended.get(0)).contains("founded");
  }

  private String mended(String digest) {
    try {
      Device desk = space.open("desk");
      try {
        desk.fsck();
        space.sync(desk);
        List<FsckReport.Problem> problems = desk.fsck().problems();
        boolean same =
            desk.state().setDigest().toString().equals(digest) && desk.state().forks() == 0;
        return (problems.isEmpty() ? "" : problems.toString()) + (same ? "" : " other changes");
      } finally {
        space.close(desk);
      }
    } catch (CairnException failure) {
      return failure.toString();
    }
  }

  private boolean isOk(String store) {
    try {
      Device device = space.open(store);
      try {
        return device.fsck().ok();
      } finally {
        space.close(device);
      }
    } catch (CairnException corrupt) {
      return false;
    }
  }

  /** Every row alone taken away, and every row alone put back as it once was. */
  @ParameterizedTest
  @ValueSource(strings = {"phone", "desk"})
  void row_anyTakenAwayOrPutBack_isMissed(String name) throws Exception {
    RawRows raw = raw(name);
    Map<Row, byte[]> before = raw.all();
    recordAThird();
    Set<Row> all = new LinkedHashSet<>(before.keySet());
    all.addAll(raw.all().keySet());
    List<String> unseen = complaints(raw, before, all, () -> isOk(name) ? "unseen" : "");
    assertThat(unseen).isEmpty();
    assertThat(isOk(name)).isTrue();
    assertThat(all).hasSizeGreaterThan(20);
  }
}
