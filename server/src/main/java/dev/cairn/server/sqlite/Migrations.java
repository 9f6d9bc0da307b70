package dev.cairn.server.sqlite;

import dev.cairn.server.ledger.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** Numbered scripts, forward only; the number reached stands in {@code user_version}. */
final class Migrations {

  /** The schema this program knows: the number of the last script. */
  static final int NEWEST = 3;

  private Migrations() {}

  /** Brings a store up to {@link #NEWEST}, each script in a transaction of its own. */
  static void apply(Connection connection) throws SQLException, StoreException {
    int found = version(connection);
    if (found > NEWEST) {
      throw new StoreException.TooNew(found, NEWEST);
    }
    for (int number = found + 1; number <= NEWEST; number++) {
      run(connection, number);
    }
  }

  private static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA user_version")) {
      return rows.getInt(1);
    }
  }

  private static void run(Connection connection, int number) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("BEGIN IMMEDIATE");
      statement.executeUpdate(script(number));
      statement.executeUpdate("PRAGMA user_version = " + number);
      statement.executeUpdate("COMMIT");
    }
  }

  private static String script(int number) {
    String name = String.format(Locale.ROOT, "/db/migration/V%03d.sql", number);
    try (InputStream in = Migrations.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("migration is missing: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
