package dev.cairn.client.sqlite;

import dev.cairn.client.store.Rows;
import dev.cairn.client.store.StoreException;
import dev.cairn.protocol.CairnException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The rows inside one transaction; keeps its statements prepared for as long as that lasts. */
final class SqliteRows implements Rows, AutoCloseable {

  private final Connection connection;
  private @Nullable PreparedStatement get;
  private @Nullable PreparedStatement put;
  private @Nullable PreparedStatement delete;

  SqliteRows(Connection connection) {
    this.connection = connection;
  }

  @Override
  public byte @Nullable [] get(int table, byte[] key) throws StoreException {
    try {
      if (get == null) {
        get = connection.prepareStatement("SELECT value FROM row_value WHERE tbl = ? AND key = ?");
      }
      get.setInt(1, table);
      get.setBytes(2, key);
      try (ResultSet result = get.executeQuery()) {
        return result.next() ? result.getBytes(1) : null;
      }
    } catch (SQLException e) {
      throw SqliteFailures.named("reading from the store", e);
    }
  }

  @Override
  public void put(int table, byte[] key, byte[] value) throws StoreException {
    try {
      if (put == null) {
        put =
            connection.prepareStatement(
                "INSERT INTO row_value (tbl, key, value) VALUES (?, ?, ?)"
                    + " ON CONFLICT (tbl, key) DO UPDATE SET value = excluded.value");
      }
      put.setInt(1, table);
      put.setBytes(2, key);
      put.setBytes(3, value);
      put.executeUpdate();
    } catch (SQLException e) {
      throw SqliteFailures.named("writing to the store", e);
    }
  }

  @Override
  public void delete(int table, byte[] key) throws StoreException {
    try {
      if (delete == null) {
        delete = connection.prepareStatement("DELETE FROM row_value WHERE tbl = ? AND key = ?");
      }
      delete.setInt(1, table);
      delete.setBytes(2, key);
      delete.executeUpdate();
    } catch (SQLException e) {
      throw SqliteFailures.named("writing to the store", e);
    }
  }

  @Override
  public void scan(int table, byte[] from, Visitor visitor) throws CairnException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT key, value FROM row_value WHERE tbl = ? AND key >= ? ORDER BY key")) {
      select.setInt(1, table);
      select.setBytes(2, from);
      try (ResultSet result = select.executeQuery()) {
        boolean more = result.next();
        while (more) {
          more = visitor.visit(result.getBytes(1), result.getBytes(2)) && result.next();
        }
      }
    } catch (SQLException e) {
      throw SqliteFailures.named("reading from the store", e);
    }
  }

  @Override
  public long count(int table) throws StoreException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT count(*) FROM row_value WHERE tbl = ?")) {
      select.setInt(1, table);
      try (ResultSet result = select.executeQuery()) {
        return result.next() ? result.getLong(1) : 0;
      }
    } catch (SQLException e) {
      throw SqliteFailures.named("reading from the store", e);
    }
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : new PreparedStatement[] {get, put, delete}) {
      if (statement != null) {
        statement.close();
      }
    }
  }
}
