package dev.cairn.client.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.sqlite.SqliteRowStore;
import dev.cairn.client.store.StoreException.Reason;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncryptedStoreTest {

  private static final byte[] ID = {7};
  private static final byte[] VALUE = "canary in a row".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private Path file;
  private final Randomness randomness = Randomness.of(new SecureRandom());
  private final Secret master = Secret.take(new byte[32]);

  @BeforeEach
  void name() {
    file = folder.resolve("rows.db");
  }

  private EncryptedStore open() throws StoreException {
    return new EncryptedStore(SqliteRowStore.open(file), master, randomness);
  }

  @Test
  void row_written_isReadAfterReopening() throws Exception {
    try (EncryptedStore store = open()) {
      store.change(
          rows -> {
            rows.put(Table.FACT, ID, VALUE);
          });
    }
    try (EncryptedStore store = open()) {
      assertThat(store.<byte[]>read(rows -> rows.get(Table.FACT, ID))).isEqualTo(VALUE);
    }
  }

  @Test
  void work_throws_leavesNothingWritten() throws Exception {
    try (EncryptedStore store = open()) {
      assertThatThrownBy(
              () ->
                  store.change(
                      rows -> {
                        rows.put(Table.FACT, ID, VALUE);
                        throw new RefusedException("no", "no");
                      }))
          .isInstanceOf(RefusedException.class);
      assertThat(store.<byte[]>read(rows -> rows.get(Table.FACT, ID))).isNull();
    }
  }

  @Test
  void scan_countedTable_ascends() throws Exception {
    try (EncryptedStore store = open()) {
      store.change(
          rows -> {
            for (long number : new long[] {300, 2, 70_000, 1}) {
              rows.put(
                  Table.RECEIPT, number, Long.toString(number).getBytes(StandardCharsets.UTF_8));
            }
          });
      List<String> seen = new ArrayList<>();
      store.read(
          rows -> {
            rows.scan(
                Table.RECEIPT, 2, value -> seen.add(new String(value, StandardCharsets.UTF_8)));
            return seen;
          });
      assertThat(seen).containsExactly("2", "300", "70000");
    }
  }

  @Test
  void files_holdNoPlaintext() throws Exception {
    try (EncryptedStore store = open()) {
      store.change(
          rows -> {
            rows.put(Table.FACT, VALUE, VALUE);
          });
      assertThat(everyByte(folder)).doesNotContain("canary");
    }
  }

  @Test
  void row_movedToAnotherKey_isCorrupt() throws Exception {
    try (EncryptedStore store = open()) {
      store.change(
          rows -> {
            rows.put(Table.RECEIPT, 1, VALUE);
          });
    }
    change("UPDATE row_value SET key = x'0000000000000002'");
    try (EncryptedStore store = open()) {
      assertThatThrownBy(() -> store.read(rows -> rows.get(Table.RECEIPT, 2)))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CORRUPT));
    }
  }

  @Test
  void check_rowChanged_isCorrupt() throws Exception {
    try (EncryptedStore store = open()) {
      store.change(
          rows -> {
            rows.put(Table.RECEIPT, 1, VALUE);
          });
    }
    change("UPDATE row_value SET value = zeroblob(60)");
    try (EncryptedStore store = open()) {
      assertThatThrownBy(store::check)
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CORRUPT));
    }
  }

  @Test
  void open_newerSchema_isRefused() throws Exception {
    open().close();
    change("PRAGMA user_version = 99");
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_NEW));
  }

  @Test
  void open_notADatabase_isCorrupt() throws Exception {
    Files.write(file, new byte[5000]);
    Files.write(
        file, "not a database, but long enough".repeat(200).getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CORRUPT));
  }

  /** Rows of two tables, one of them written twice and one gone again. */
  private void writeSome() throws Exception {
    try (EncryptedStore store = open()) {
      store.change(
          rows -> {
            rows.put(Table.RECEIPT, 0, VALUE);
            rows.put(Table.RECEIPT, 1, VALUE);
            rows.put(Table.FACT, ID, VALUE);
          });
      store.change(
          rows -> {
            rows.put(Table.RECEIPT, 1, ID);
            rows.delete(Table.FACT, ID);
            rows.put(Table.FACT, VALUE, VALUE);
          });
    }
  }

  private Set<Table> altered() throws Exception {
    try (EncryptedStore store = open()) {
      return store.read(SealedRows::altered);
    }
  }

  @Test
  void altered_nothingTouched_isNone() throws Exception {
    writeSome();
    assertThat(altered()).isEmpty();
  }

  @Test
  void altered_workThrew_isNone() throws Exception {
    writeSome();
    work_throws_leavesNothingWritten();
    assertThat(altered()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, FACT", "10, RECEIPT"})
  void altered_rowTakenAway_isItsTable(int table, Table altered) throws Exception {
    writeSome();
    change(
        "DELETE FROM row_value WHERE rowid = (SELECT max(rowid) FROM row_value WHERE tbl = "
            + table
            + ")");
    assertThat(altered()).containsExactly(altered);
    try (EncryptedStore store = open()) {
      assertThat(store.read(SealedRows::miscounted)).containsExactly(altered);
    }
  }

  @Test
  void altered_rowPutBackAsItWas_isItsTableAlsoAfterItWasWrittenAgain() throws Exception {
    writeSome();
    byte[] before = Files.readAllBytes(file);
    try (EncryptedStore store = open()) {
      store.change(
          rows -> {
            rows.put(Table.RECEIPT, 1, VALUE);
          });
    }
    putBack(before, "tbl = 10 AND key = x'0000000000000001'");
    assertThat(altered()).containsExactly(Table.RECEIPT);
    try (EncryptedStore store = open()) {
      store.change(
          rows -> {
            rows.put(Table.RECEIPT, 1, VALUE);
          });
    }
    assertThat(altered()).containsExactly(Table.RECEIPT);
  }

  @Test
  void altered_tallyPutBackOrGone_isWhatChangedSince() throws Exception {
    writeSome();
    byte[] before = Files.readAllBytes(file);
    try (EncryptedStore store = open()) {
      store.change(
          rows -> {
            rows.put(Table.RECEIPT, 1, VALUE);
          });
    }
    putBack(before, "tbl = 17");
    assertThat(altered()).containsExactly(Table.RECEIPT);
    change("DELETE FROM row_value WHERE tbl = 17");
    assertThat(altered()).containsExactly(Table.FACT, Table.RECEIPT);
  }

  @Test
  void recount_ofATable_takesItAsItIs() throws Exception {
    writeSome();
    change("DELETE FROM row_value WHERE tbl = 10 OR tbl = 1");
    try (EncryptedStore store = open()) {
      store.change(rows -> rows.recount(EnumSet.of(Table.RECEIPT)));
    }
    assertThat(altered()).containsExactly(Table.FACT);
  }

  private void putBack(byte[] earlier, String which) throws Exception {
    Path copy = folder.resolve("earlier.db");
    Files.write(copy, earlier);
    change(
        "ATTACH '" + copy + "' AS earlier",
        "UPDATE row_value SET value = (SELECT value FROM earlier.row_value AS old"
            + " WHERE old.tbl = row_value.tbl AND old.key = row_value.key) WHERE "
            + which);
  }

  private void change(String... sql) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String one : sql) {
        statement.execute(one);
      }
    }
  }

  private static String everyByte(Path folder) throws Exception {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path path : (Iterable<Path>) files::iterator) {
        all.append(new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }
}
