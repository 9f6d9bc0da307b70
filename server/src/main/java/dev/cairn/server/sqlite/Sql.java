package dev.cairn.server.sqlite;

import dev.cairn.server.ledger.StoreException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One connection and the statements prepared on it. For one thread at a time. */
final class Sql implements AutoCloseable {

  /** How long a statement waits for another connection or process. */
  static final int BUSY_MILLIS_MAX = 10_000;

  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  private final DatabaseFile file;
  private boolean closed;

  private Sql(Connection connection, DatabaseFile file) {
    this.connection = connection;
    this.file = file;
  }

  static Sql open(DatabaseFile file) throws SQLException {
    file.enter();
    Connection connection;
    try {
      connection = DriverManager.getConnection("jdbc:sqlite:" + file.path());
    } catch (SQLException e) {
      file.leave();
      throw e;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = " + BUSY_MILLIS_MAX);
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("PRAGMA foreign_keys = ON");
      // What an erasure drops must not stay readable on free pages.
      statement.execute("PRAGMA secure_delete = ON");
    } catch (SQLException e) {
      connection.close();
      file.leave();
      throw e;
    }
    return new Sql(connection, file);
  }

  /** Sets how long a statement waits for another connection or process. */
  void waitAtMost(int millis) throws StoreException {
    execute("PRAGMA busy_timeout = " + millis);
  }

  Connection connection() {
    return connection;
  }

  /** Runs a statement and returns how many rows it touched. */
  int update(String sql, @Nullable Object... values) throws StoreException {
    try {
      return bind(sql, values).executeUpdate();
    } catch (SQLException e) {
      throw Faults.named(e);
    }
  }

  /** Runs a statement that is used once and has no values. */
  void execute(String sql) throws StoreException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw Faults.named(e);
    }
  }

  /** Runs a query and hands each row over until the reader wants no more. */
  void query(String sql, RowReader reader, @Nullable Object... values) throws StoreException {
    try (ResultSet rows = bind(sql, values).executeQuery()) {
      boolean more = true;
      while (more && rows.next()) {
        more = reader.read(rows);
      }
    } catch (SQLException e) {
      throw Faults.named(e);
    }
  }

  private PreparedStatement bind(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  /** Gives up the statements prepared so far: some that ran count as running until then. */
  void release() throws StoreException {
    try {
      for (PreparedStatement statement : prepared.values()) {
        statement.close();
      }
    } catch (SQLException e) {
      throw Faults.named(e);
    }
    prepared.clear();
  }

  @Override
  public void close() {
    try {
      for (PreparedStatement statement : prepared.values()) {
        statement.close();
      }
      connection.close();
      if (!closed) {
        closed = true;
        file.leave();
      }
    } catch (SQLException e) {
      // Nothing durable hangs on this: what was committed is committed.
      prepared.clear();
    }
  }

  /** Takes one row; returns whether the next is wanted. */
  @FunctionalInterface
  interface RowReader {
    boolean read(ResultSet row) throws SQLException, StoreException;
  }
}
