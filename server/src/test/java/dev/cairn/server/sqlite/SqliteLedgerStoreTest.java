package dev.cairn.server.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
