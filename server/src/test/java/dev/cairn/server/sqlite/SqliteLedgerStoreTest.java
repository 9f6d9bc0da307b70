package dev.cairn.server.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.server.ledger.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/** What SQLite itself says of the connections that a ledger is kept by. */
class SqliteLedgerStoreTest {

  /** As SQLite numbers it. */
  private static final String FULL = "2";

  @TempDir Path folder;

  private static String setting(Sql sql, String name) throws Exception {
    List<String> values = new ArrayList<>();
    sql.query("PRAGMA " + name, row -> values.add(row.getString(1)));
    return String.join(" ", values);
  }

  private SqliteLedgerStore open() throws Exception {
    return SqliteLedgerStore.open(folder.resolve("ledger.sqlite"));
  }

  /** Else a receipt is given for what the next power cut takes. */
  private static void assertDurable(Sql writer) throws Exception {
    assertThat(setting(writer, "journal_mode")).isEqualTo("wal");
    assertThat(setting(writer, "synchronous")).isEqualTo(FULL);
  }

  @Test
  void commit_anyLedger_isOnTheDiskBeforeItReturns() throws Exception {
    try (SqliteLedgerStore store = open();
        SqliteTransaction transaction = (SqliteTransaction) store.begin()) {
      assertDurable(transaction.sql);
    }
  }

  @Test
  void commit_ledgerOpenedAgain_isOnTheDiskBeforeItReturns() throws Exception {
    open().close();
    try (SqliteLedgerStore store = open();
        SqliteTransaction transaction = (SqliteTransaction) store.begin()) {
      assertDurable(transaction.sql);
    }
  }

  /** A reader that moves the log's pages into the file has to do it as safely as the writer. */
  @Test
  void reader_anyLedger_isAsDurable() throws Exception {
    try (SqliteLedgerStore store = open();
        SqliteView view = (SqliteView) store.view()) {
      assertDurable(view.sql);
    }
  }

  private static final SpaceId SPACE = SpaceId.of(new byte[32]);
  private static final ChangeId CHANGE = ChangeId.of(new byte[32]);

  private static void write(SqliteLedgerStore store, Write work) throws Exception {
    try (SqliteTransaction transaction = (SqliteTransaction) store.begin()) {
      work.on(transaction);
      transaction.commit();
    }
  }

  /** Work of one transaction. */
  private interface Write {
    void on(SqliteTransaction transaction) throws Exception;
  }

  private static void allowOtherDatabases(SqliteLedgerStore store, int count) throws Exception {
    write(
        store,
        transaction ->
            transaction
                .sql
                .connection()
                .unwrap(SQLiteConnection.class)
                .setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, count));
  }

  /** A disk without room is asked every ten seconds; meanwhile the writer reads no whole file. */
  @Test
  void scrub_fileThatCouldNotBeWrittenAnew_isNotSearchedAgainSoon() throws Exception {
    byte[] body = new byte[300];
    new Random(7).nextBytes(body);
    try (SqliteLedgerStore store = open()) {
      write(
          store,
          transaction -> {
            Sql sql = transaction.sql;
            sql.update(
                "INSERT INTO space (id, origin, generation, size) VALUES (?, 'a/1', 0, 1)",
                SPACE.bytes());
            sql.update(
                "INSERT INTO change (space, position, frame_end, id, device, sequence, payload,"
                    + " ciphertext) VALUES (1, 0, 0, ?, 1, 1, x'00', ?)",
                CHANGE.bytes(),
                body);
            // A copy, as SQLite leaves them where rows moved.
            sql.update("INSERT INTO code (hash, origin, expires_seconds) VALUES (?, 'b', 0)", body);
          });
      write(store, transaction -> transaction.erase(SPACE, CHANGE));
      allowOtherDatabases(store, 0);
      assertThatThrownBy(store::scrub).isInstanceOf(StoreException.class);

      allowOtherDatabases(store, 10);
      write(store, transaction -> transaction.sql.update("DELETE FROM code"));
      // A search would find nothing any more.
      assertThatThrownBy(store::scrub)
          .isInstanceOf(StoreException.class)
          .hasRootCauseMessage("it was tried a moment ago");
    }
  }
}
