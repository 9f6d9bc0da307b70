package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.check.FsckReport;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  private void without(String store, int table) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(store).resolve("rows.db"));
        Statement statement = connection.createStatement()) {
      int gone =
          statement.executeUpdate(
              "DELETE FROM row_value WHERE rowid = (SELECT max(rowid) FROM row_value WHERE tbl = "
                  + table
                  + ")");
      assertThat(gone).isOne();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "desk, 7, change.lost",
    "desk, 8, change.place",
    "desk, 10, receipt.lost",
    "phone, 10, receipt.lost"
  })
  void row_takenAway_isMissed(String store, int table, String problem) throws Exception {
    without(store, table);

    FsckReport report = space.open(store).fsck();

    assertThat(report.problems()).extracting(FsckReport.Problem::kind).contains(problem);
  }

  @Test
  void row_takenAway_isNotOverwrittenByTheNext() throws Exception {
    without("desk", 7);
    Device phone = space.open("phone");
    phone.record(TestSpace.note("third"));
    space.sync(phone);
    Device desk = space.open("desk");
    long before = desk.fsck().checked().get("others");

    space.sync(desk);

    // A session statement and a change.
    assertThat(desk.fsck().checked()).containsEntry("others", before + 2);
  }
}
