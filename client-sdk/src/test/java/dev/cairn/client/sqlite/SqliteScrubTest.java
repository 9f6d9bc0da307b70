package dev.cairn.client.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cairn.client.store.EncryptedStore;
import dev.cairn.client.store.Table;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/** What a row was is in no file once it is destroyed, while the store stays open. */
class SqliteScrubTest {

  private static final Randomness CHANCE = Randomness.of(new SecureRandom());
  private static final int BODY_BYTES = 300;
  private static final Path LOCKS = Path.of("/proc/locks");
  private static final Path OPEN_FILES = Path.of("/proc/self/fd");

  /** A table of no other test. */
  private static final int COPIES = 99;

  @TempDir Path folder;
  private SqliteRowStore rows;
  private EncryptedStore store;

  @BeforeEach
  void begin() throws Exception {
    rows = SqliteRowStore.open(folder.resolve("rows.db"));
    store = new EncryptedStore(rows, Secret.random(32, CHANCE), CHANCE);
  }

  @AfterEach
  void end() {
    store.close();
  }

  private List<String> stored() throws Exception {
    return rows.read(
        all -> {
          List<String> values = new ArrayList<>();
          all.scan(7, new byte[0], (key, value) -> values.add(text(value)));
          return values;
        });
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private boolean isInAFile(String row) throws IOException {
    String part = row.substring(row.length() / 2, row.length() / 2 + 24);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (text(Files.readAllBytes(file)).contains(part)) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void rowReplacedForGood_isInNoFileAtOnce() throws Exception {
    store.change(inTables -> inTables.put(Table.CHANGE, 0, CHANCE.bytes(BODY_BYTES)));
    String row = stored().get(0);
    assertThat(isInAFile(row)).isTrue();

    store.change(
        inTables -> {
          inTables.destroys(Table.CHANGE, 0);
          inTables.put(Table.CHANGE, 0, new byte[4]);
        });
    assertThat(isInAFile(row)).isFalse();
  }

  @Test
  void rowReplacedAsUsual_staysInTheWriteAheadLogForAWhile() throws Exception {
    store.change(inTables -> inTables.put(Table.CHANGE, 0, CHANCE.bytes(BODY_BYTES)));
    String row = stored().get(0);
    store.change(inTables -> inTables.put(Table.CHANGE, 0, new byte[4]));

    assertThat(isInAFile(row)).isTrue();
  }

  private static List<String> words(String line) {
    return List.of(line.trim().split("\\s+"));
  }

  /** The locks that this process has on the store's file. */
  private List<List<String>> locks() throws IOException {
    Object inode = Files.getAttribute(folder.resolve("rows.db"), "unix:ino");
    String process = Long.toString(ProcessHandle.current().pid());
    try (Stream<String> lines = Files.lines(LOCKS)) {
      return lines
          .map(SqliteScrubTest::words)
          .filter(lock -> lock.get(4).equals(process) && lock.get(5).endsWith(":" + inode))
          .map(lock -> lock.subList(1, lock.size()))
          .toList();
    }
  }

  private void destroy(int number) throws Exception {
    store.change(
        inTables -> {
          inTables.destroys(Table.CHANGE, number);
          inTables.put(Table.CHANGE, number, CHANCE.bytes(4));
        });
  }

  /** A process that closes a file loses its locks on it. */
  @Test
  void store_afterItsFileWasSearched_isLockedAsBefore() throws Exception {
    assumeTrue(Files.isReadable(LOCKS), "only Linux tells");
    store.change(inTables -> inTables.put(Table.CHANGE, 0, CHANCE.bytes(BODY_BYTES)));
    List<List<String>> before = locks();
    assertThat(before).isNotEmpty();

    destroy(0);

    assertThat(locks()).containsAll(before);
  }

  private SQLiteConnection driver() throws Exception {
    return rows.connection().unwrap(SQLiteConnection.class);
  }

  private List<String> fill() throws Exception {
    store.change(
        inTables -> {
          for (int i = 0; i < 40; i++) {
            inTables.put(Table.CHANGE, i, CHANCE.bytes(BODY_BYTES));
          }
        });
    return stored();
  }

  /** SQLite counts it up whenever it writes the file anew. */
  private static int version(SqliteRowStore of) throws Exception {
    try (Statement statement = of.connection().createStatement();
        ResultSet result = statement.executeQuery("PRAGMA schema_version")) {
      return result.getInt(1);
    }
  }

  /** A full disk is not asked at every write. */
  @Test
  void fileThatCouldNotBeWrittenAnew_isNotTriedAgainUntilTheStoreIsClosed() throws Exception {
    byte[] row = fill().get(0).getBytes(StandardCharsets.ISO_8859_1);
    rows.write(
        all -> {
          all.put(COPIES, new byte[1], row);
          return Boolean.TRUE;
        });
    int before = version(rows);
    // Without another database beside it the file cannot be written anew.
    driver().setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
    destroy(0);
    driver().setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 10);
    destroy(1);
    assertThat(version(rows)).isEqualTo(before);

    store.close();
    try (SqliteRowStore again = SqliteRowStore.open(folder.resolve("rows.db"))) {
      assertThat(version(again)).isGreaterThan(before);
    }
  }

  /** Else a phone with a large store has not the memory for it. */
  @Test
  void fileWrittenAnew_goesByWayOfAFileAndNotOfMemory() throws Exception {
    assumeTrue(Files.isDirectory(OPEN_FILES), "only Linux tells");
    store.change(inTables -> inTables.put(Table.CHANGE, 0, CHANCE.bytes(BODY_BYTES)));
    byte[] row = stored().get(0).getBytes(StandardCharsets.ISO_8859_1);
    rows.write(
        all -> {
          for (int i = 1; i <= 100; i++) {
            all.put(COPIES, new byte[] {(byte) i}, CHANCE.bytes(1 << 16));
          }
          all.put(COPIES, new byte[1], row);
          return Boolean.TRUE;
        });
    Set<String> opened = new HashSet<>();
    ProgressHandler.setHandler(
        driver(),
        10,
        new ProgressHandler() {
          @Override
          protected int progress() {
            opened.addAll(temporaryFiles());
            return 0;
          }
        });
    destroy(0);
    ProgressHandler.clearHandler(driver());

    assertThat(opened).isNotEmpty();
    assertThat(temporaryFiles()).doesNotContainAnyElementsOf(opened);
  }

  private static String openFile(String number) {
    try {
      return Files.readSymbolicLink(OPEN_FILES.resolve(number)).toString();
    } catch (IOException e) {
      return "closed meanwhile";
    }
  }

  /** Those of SQLite that this process has open; they have no name in any folder any more. */
  private static Set<String> temporaryFiles() {
    Set<String> found = new HashSet<>();
    String[] numbers = OPEN_FILES.toFile().list();
    for (String number : numbers == null ? new String[0] : numbers) {
      String name = openFile(number);
      if (name.contains("etilqs_")) {
        found.add(name);
      }
    }
    return found;
  }

  /** Pages that split leave copies of the rows that moved, which freeing does not overwrite. */
  @Test
  void rowsThatMovedFromPageToPage_destroyed_areInNoFile() throws Exception {
    List<String> before = fill();
    for (int number = 0; number < 40; number++) {
      destroy(number);
      assertThat(isInAFile(before.get(number))).as("row %d", number).isFalse();
    }
    assertThat(stored()).hasSize(40);
  }
}
