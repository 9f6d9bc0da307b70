package dev.cairn.client.sqlite;

import dev.cairn.client.store.RowStore;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.StoreException.Reason;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.suite.Traces;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * {@link RowStore} in one SQLite file: write-ahead log, {@code synchronous=FULL}, so that a commit
 * is on the disk before it returns; one connection, used by one thread at a time.
 *
 * <p>Source: sqlite.org/wal.html, sqlite.org/pragma.html.
 */
public final class SqliteRowStore implements RowStore {

  private static final int SCHEMA = 1;

  private static final String[] PRAGMAS = {
    "PRAGMA locking_mode = EXCLUSIVE", // one process; also keeps the shared-memory file away
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA trusted_schema = OFF",
  };

  private static final String[] NO_MORE = {};

  private static final int PIECE_BYTES = 1 << 16;

  private final Path file;
  private final Connection connection;

  /**
   * The file itself, once it was read. A process that closes a file loses all its locks on it,
   * those of SQLite among them: so it is closed after the connection. An interrupt does not close
   * it, as it would a channel. Source: sqlite.org/howtocorrupt.html, 2.2.
   */
  private @Nullable RandomAccessFile bytes;

  private boolean rewriteDue;

  private SqliteRowStore(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /**
   * Opens the file, or creates it.
   *
   * @throws StoreException if it is busy, of a newer schema, damaged, or cannot be written
   */
  public static SqliteRowStore open(Path file) throws StoreException {
    return open(file, NO_MORE);
  }

  /** The same with more pragmas; tests make a small disk of one. */
  static SqliteRowStore open(Path file, String... more) throws StoreException {
    Connection connection = null;
    try {
      connection = DriverManager.getConnection("jdbc:sqlite:" + file, new Properties());
      for (String pragma : PRAGMAS) {
        execute(connection, pragma);
      }
      migrate(connection);
      for (String pragma : more) {
        execute(connection, pragma);
      }
      return new SqliteRowStore(file, connection);
    } catch (SQLException e) {
      closeQuietly(connection);
      // Of a file that may only be read SQLite says, asked for its log, that reading failed.
      throw Files.exists(file) && !Files.isWritable(file)
          ? new StoreException(Reason.READ_ONLY, "opening the store: it cannot be written", e)
          : SqliteFailures.named("opening the store", e);
    } catch (StoreException e) {
      closeQuietly(connection);
      throw e;
    }
  }

  private static void migrate(Connection connection) throws SQLException, StoreException {
    int found = number(connection, "PRAGMA user_version");
    if (found > SCHEMA) {
      throw new StoreException(
          Reason.TOO_NEW, "the store has schema " + found + ", this program knows " + SCHEMA);
    }
    if (found == 0) {
      execute(connection, "BEGIN IMMEDIATE");
      execute(
          connection,
          "CREATE TABLE row_value (tbl INTEGER NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL,"
              + " UNIQUE (tbl, key))");
      execute(connection, "PRAGMA user_version = 1");
      execute(connection, "COMMIT");
    }
  }

  private static int number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      return result.next() ? result.getInt(1) : 0;
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The one connection. */
  Connection connection() {
    return connection;
  }

  @Override
  public <T> T write(Work<T> work) throws CairnException {
    return run(work, "BEGIN IMMEDIATE", "COMMIT");
  }

  @Override
  public <T> T read(Work<T> work) throws CairnException {
    return run(work, "BEGIN", "ROLLBACK");
  }

  /**
   * One transaction. Its bounds are said here and not left to the driver: after a full disk SQLite
   * has ended the transaction by itself, and a driver that does not know would go on without one.
   */
  private <T> T run(Work<T> work, String begin, String end) throws CairnException {
    boolean done = false;
    try {
      execute(connection, begin);
      T result;
      try (SqliteRows rows = new SqliteRows(connection)) {
        result = work.on(rows);
      }
      execute(connection, end);
      done = true;
      return result;
    } catch (SQLException e) {
      throw SqliteFailures.named("writing to the store", e);
    } finally {
      if (!done) {
        rollback();
      }
    }
  }

  /** Ends a transaction that failed, if SQLite has not done so by itself. */
  private void rollback() {
    try {
      execute(connection, "ROLLBACK");
    } catch (SQLException e) {
      if (!isOutsideTransaction()) {
        // The failure that led here is the one to tell; the next open rolls back.
        closeQuietly(connection);
      }
    }
  }

  /** Whether a new transaction can begin, which it cannot inside another. */
  private boolean isOutsideTransaction() {
    try {
      execute(connection, "BEGIN");
      execute(connection, "ROLLBACK");
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void check() throws StoreException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA integrity_check")) {
      if (!result.next() || !"ok".equals(result.getString(1))) {
        throw new StoreException(Reason.CORRUPT, "SQLite reports the store file as damaged");
      }
    } catch (SQLException e) {
      throw SqliteFailures.named("checking the store", e);
    }
  }

  @Override
  public void scrub(Traces destroyed) throws StoreException {
    emptyWriteAheadLog();
    // What SQLite frees it overwrites, but not copies that stayed in the unused part of a page
    // when it moved rows to another.
    if (rewriteDue) {
      throw new StoreException(Reason.FAILED, "the store is written anew when it is closed");
    }
    if (holds(destroyed)) {
      rewriteDue = true;
      rewrite();
    }
  }

  /**
   * Writes the whole file anew: by way of a file of its size in the system's folder for temporary
   * files, which has no name and goes with the connection, and not of as much memory; then it
   * stands in the write-ahead log, again in its size. What the rows hold is sealed, there too.
   */
  private void rewrite() throws StoreException {
    try {
      execute(connection, "PRAGMA temp_store = FILE");
      try {
        execute(connection, "VACUUM");
      } finally {
        execute(connection, "PRAGMA temp_store = MEMORY");
      }
    } catch (SQLException e) {
      throw SqliteFailures.named("overwriting what was deleted", e);
    }
    rewriteDue = false;
    emptyWriteAheadLog();
  }

  private void emptyWriteAheadLog() throws StoreException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
      if (!result.next() || result.getInt(1) != 0) {
        throw new StoreException(Reason.BUSY, "the store's write-ahead log is in use");
      }
    } catch (SQLException e) {
      throw SqliteFailures.named("overwriting what was deleted", e);
    }
  }

  private boolean holds(Traces destroyed) throws StoreException {
    Traces.Search search = destroyed.search();
    byte[] piece = new byte[PIECE_BYTES];
    try {
      if (bytes == null) {
        bytes = new RandomAccessFile(file.toFile(), "r");
      }
      RandomAccessFile in = bytes;
      in.seek(0);
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        if (search.finds(piece, count)) {
          return true;
        }
      }
    } catch (IOException e) {
      throw new StoreException(Reason.FAILED, "reading the store's file", e);
    }
    return false;
  }

  @Override
  public void close() {
    if (rewriteDue) {
      rewriteLastly();
    }
    if (closeQuietly(connection)) {
      closeBytes();
    }
  }

  /** What had no room once may have it now. */
  private void rewriteLastly() {
    try {
      rewrite();
    } catch (StoreException e) {
      // What was written is durable all the same.
      rewriteDue = false;
    }
  }

  private void closeBytes() {
    RandomAccessFile open = bytes;
    bytes = null;
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      // It was only read.
      return;
    }
  }

  /** Whether the connection is closed. */
  private static boolean closeQuietly(@Nullable Connection connection) {
    if (connection == null) {
      return true;
    }
    try {
      connection.close();
      return true;
    } catch (SQLException e) {
      // Closing loses nothing: what was committed is on the disk.
      return false;
    }
  }
}
