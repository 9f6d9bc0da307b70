package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.check.FsckReport;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.encoding.Hex;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
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
  void row_takenAway_isNotOverwrittenByTheNextAndComesBack() throws Exception {
    Device desk = space.open("desk");
    long before = desk.fsck().checked().get("others");
    space.close(desk);
    without("desk", 7);
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
    Path store = folder.resolve("desk");
    Map<Row, byte[]> before = rows(store);
    Device phone = space.open("phone");
    phone.record(TestSpace.note("third"));
    space.sync(phone);
    Device desk = space.open("desk");
    space.sync(desk);
    space.close(desk);
    for (Row row : before.keySet()) {
      if (row.table() == 18) {
        set(store, row, before.get(row));
      }
    }
    phone.record(TestSpace.note("fourth"));
    space.sync(phone);
    desk = space.open("desk");

    space.sync(desk);

    assertThat(TestSpace.notes(desk))
        .containsExactlyInAnyOrder("first", "second", "third", "fourth");
    assertThat(desk.fsck().ok()).isFalse();
    space.sync(desk);
    assertThat(desk.fsck().problems()).isEmpty();
  }

  /** What the log has comes back at the next sync, whichever row of it was taken or put back. */
  @Test
  void row_ofTheLogTakenAwayOrPutBack_comesBack() throws Exception {
    Path store = folder.resolve("desk");
    Map<Row, byte[]> before = rows(store);
    Device phone = space.open("phone");
    phone.record(TestSpace.note("third"));
    space.sync(phone);
    Device desk = space.open("desk");
    space.sync(desk);
    String digest = desk.state().setDigest().toString();
    space.close(desk);
    Map<Row, byte[]> now = rows(store);
    Map<String, byte[]> files = files(store);
    List<String> unmended = new ArrayList<>();
    int tried = 0;
    for (Row row : now.keySet()) {
      for (byte[] value : new byte[][] {null, before.get(row)}) {
        if (!Set.of(2, 7, 8, 16, 18).contains(row.table()) || Arrays.equals(value, now.get(row))) {
          continue;
        }
        set(store, row, value);
        String what = mended(digest);
        if (!what.isEmpty()) {
          unmended.add(row + (value == null ? " taken away: " : " put back: ") + what);
        }
        tried++;
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
          Files.write(store.resolve(file.getKey()), file.getValue());
        }
      }
    }
    assertThat(tried).isGreaterThan(15);
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

  /** A row as it lies in a database. */
  private record Row(int table, String key) {}

  private Map<Row, byte[]> rows(Path store) throws Exception {
    Map<Row, byte[]> rows = new LinkedHashMap<>();
    try (Connection connection = connect(store);
        Statement statement = connection.createStatement();
        ResultSet all = statement.executeQuery("SELECT tbl, hex(key), value FROM row_value")) {
      while (all.next()) {
        rows.put(new Row(all.getInt(1), all.getString(2)), all.getBytes(3));
      }
    }
    return rows;
  }

  private static Connection connect(Path store) throws Exception {
    return DriverManager.getConnection("jdbc:sqlite:" + store.resolve("rows.db"));
  }

  private void set(Path store, Row row, byte[] value) throws Exception {
    try (Connection connection = connect(store);
        PreparedStatement delete =
            connection.prepareStatement("DELETE FROM row_value WHERE tbl = ? AND hex(key) = ?");
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO row_value VALUES (?, ?, ?)")) {
      delete.setInt(1, row.table());
      delete.setString(2, row.key());
      delete.execute();
      if (value != null) {
        insert.setInt(1, row.table());
        insert.setBytes(2, Hex.decode(row.key().toLowerCase(Locale.ROOT)));
        insert.setBytes(3, value);
        insert.execute();
      }
    }
  }

  private Map<String, byte[]> files(Path store) throws Exception {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name : new String[] {"rows.db", "ring"}) {
      files.put(name, Files.readAllBytes(store.resolve(name)));
    }
    return files;
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
    Path store = folder.resolve(name);
    Map<Row, byte[]> before = rows(store);
    Device phone = space.open("phone");
    phone.record(TestSpace.note("third"));
    space.sync(phone);
    Device desk = space.open("desk");
    space.sync(desk);
    space.close(phone);
    space.close(desk);
    Map<Row, byte[]> now = rows(store);
    Map<String, byte[]> files = files(store);
    Set<Row> all = new LinkedHashSet<>(before.keySet());
    all.addAll(now.keySet());
    List<String> unseen = new ArrayList<>();
    for (Row row : all) {
      for (byte[] value : new byte[][] {null, before.get(row)}) {
        if (Arrays.equals(value, now.get(row))) {
          continue;
        }
        set(store, row, value);
        if (isOk(name)) {
          unseen.add(row + (value == null ? " taken away" : " put back"));
        }
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
          Files.write(store.resolve(file.getKey()), file.getValue());
        }
      }
    }
    assertThat(unseen).isEmpty();
    assertThat(isOk(name)).isTrue();
    assertThat(all).hasSizeGreaterThan(20);
  }
}
