package dev.cairn.client.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cairn.client.store.RowStore;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.StoreException.Reason;
import dev.cairn.protocol.CairnException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQLite's own failures: a file that may not grow, one that is no database, one that is cut. */
class SqliteRowStoreTest {

  private static final int TABLE = 1;
  private static final int ROW_BYTES = 3000;

  /** As SQLite numbers it. */
  private static final String FULL = "2";

  private static final String SMALL = "PRAGMA max_page_count = 32";

  @TempDir Path folder;

  private static byte[] key(int number) {
    return String.format("%08d", number).getBytes(StandardCharsets.US_ASCII);
  }

  private static void put(RowStore rows, int number) throws CairnException {
    byte[] value = new byte[ROW_BYTES];
    new Random(number).nextBytes(value);
    rows.write(
        all -> {
          all.put(TABLE, key(number), value);
          return true;
        });
  }

  private static long count(RowStore rows) throws CairnException {
    return rows.read(all -> all.count(TABLE));
  }

  /** Fills the store; answers how many rows were acknowledged. */
  private static int fill(RowStore rows) throws CairnException {
    for (int number = 0; ; number++) {
      try {
        put(rows, number);
      } catch (StoreException e) {
        assertThat(e.reason()).isEqualTo(Reason.FULL);
        return number;
      }
    }
  }

  @Test
  void write_noRoom_keepsEveryRowThatWasAcknowledged() throws Exception {
    try (SqliteRowStore rows = SqliteRowStore.open(folder.resolve("rows.db"), SMALL)) {
      int acknowledged = fill(rows);
      assertThat(acknowledged).isBetween(10, 40);
      assertThat(count(rows)).isEqualTo(acknowledged);
    }
  }

  @Test
  void write_noRoomHalfWay_undoesTheFirstHalf() throws Exception {
    try (SqliteRowStore rows = SqliteRowStore.open(folder.resolve("rows.db"), SMALL)) {
      StoreException full =
          catchThrowableOfType(
              StoreException.class,
              () ->
                  rows.write(
                      all -> {
                        for (int number = 0; number < 100; number++) {
                          all.put(TABLE, key(number), new byte[ROW_BYTES]);
                        }
                        return true;
                      }));
      assertThat(full.code()).isEqualTo("store.full");
      assertThat(count(rows)).isZero();
    }
  }

  @Test
  void write_afterNoRoom_isATransactionAgain() throws Exception {
    try (SqliteRowStore rows = SqliteRowStore.open(folder.resolve("rows.db"), SMALL)) {
      int acknowledged = fill(rows);
      rows.write(
          all -> {
            all.delete(TABLE, key(0));
            all.delete(TABLE, key(1));
            return true;
          });
      put(rows, 0);
      StoreException stopped =
          catchThrowableOfType(
              StoreException.class,
              () ->
                  rows.write(
                      all -> {
                        all.delete(TABLE, key(2));
                        throw new StoreException(Reason.FAILED, "the test's");
                      }));
      assertThat(stopped).isNotNull();
      assertThat(count(rows)).isEqualTo(acknowledged - 1L);
    }
  }

  @Test
  void reopen_afterNoRoom_findsEveryRowThatWasAcknowledged() throws Exception {
    Path file = folder.resolve("rows.db");
    int acknowledged;
    try (SqliteRowStore rows = SqliteRowStore.open(file, SMALL)) {
      acknowledged = fill(rows);
    }
    try (SqliteRowStore rows = SqliteRowStore.open(file)) {
      rows.check();
      assertThat(count(rows)).isEqualTo(acknowledged);
    }
  }

  private static String setting(SqliteRowStore rows, String name) throws SQLException {
    try (Statement statement = rows.connection().createStatement();
        ResultSet result = statement.executeQuery("PRAGMA " + name)) {
      return result.getString(1);
    }
  }

  /** Else a report that was acknowledged is lost with the power. */
  @Test
  void commit_anyStore_isOnTheDiskBeforeItReturns() throws Exception {
    try (SqliteRowStore rows = SqliteRowStore.open(folder.resolve("rows.db"))) {
      put(rows, 1);
      assertThat(setting(rows, "journal_mode")).isEqualTo("wal");
      assertThat(setting(rows, "synchronous")).isEqualTo(FULL);
    }
  }

  @Test
  void commit_storeOpenedAgain_isOnTheDiskBeforeItReturns() throws Exception {
    Path file = folder.resolve("rows.db");
    SqliteRowStore.open(file).close();
    try (SqliteRowStore rows = SqliteRowStore.open(file)) {
      assertThat(setting(rows, "journal_mode")).isEqualTo("wal");
      assertThat(setting(rows, "synchronous")).isEqualTo(FULL);
    }
  }

  @Test
  void open_fileThatIsNoDatabase_isCorrupt() throws IOException {
    Path file = Files.write(folder.resolve("rows.db"), new byte[5000]);
    StoreException corrupt =
        catchThrowableOfType(StoreException.class, () -> SqliteRowStore.open(file));
    assertThat(corrupt.reason()).isEqualTo(Reason.CORRUPT);
  }

  @Test
  void check_fileCutInHalf_isCorrupt() throws Exception {
    Path file = folder.resolve("rows.db");
    try (SqliteRowStore rows = SqliteRowStore.open(file, SMALL)) {
      fill(rows);
    }
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
    StoreException corrupt =
        catchThrowableOfType(
            StoreException.class,
            () -> {
              try (SqliteRowStore rows = SqliteRowStore.open(file)) {
                rows.check();
              }
            });
    assertThat(corrupt.reason()).isEqualTo(Reason.CORRUPT);
  }
}
