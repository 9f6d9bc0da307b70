package dev.cairn.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Finds, as somebody with the file and no key could, where in a database one sealed row lies. */
final class SealedBytes {

  private static final int ROW_BYTES_MIN = 64;
  private static final int ROW_BYTES_MAX = 600;
  private static final int NEEDLE_BYTES = 32;

  private SealedBytes() {}

  /** The place of a byte in the middle of a sealed row. */
  static int place(Path database, byte[] file) throws IOException, DemoFailure {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + database);
    try (Connection connection = source.getConnection();
        Statement tables = connection.createStatement();
        ResultSet names =
            tables.executeQuery(
                "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")) {
      while (names.next()) {
        int place = place(connection, names.getString(1), file);
        if (place > 0) {
          return place;
        }
      }
    } catch (SQLException e) {
      throw new IOException("no database: " + database, e);
    }
    throw new DemoFailure("no sealed row was found in " + database);
  }

  private static int place(Connection connection, String table, byte[] file) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM \"" + table + "\"")) {
      while (rows.next()) {
        byte[] sealed = rows.getBytes(rows.getMetaData().getColumnCount());
        if (sealed != null && sealed.length >= ROW_BYTES_MIN && sealed.length <= ROW_BYTES_MAX) {
          int place = find(file, Arrays.copyOf(sealed, NEEDLE_BYTES));
          if (place > 0) {
            return place + NEEDLE_BYTES / 2;
          }
        }
      }
    }
    return -1;
  }

  private static int find(byte[] file, byte[] needle) {
    for (int i = 0; i + needle.length <= file.length; i++) {
      if (file[i] == needle[0]
          && Arrays.equals(file, i, i + needle.length, needle, 0, needle.length)) {
        return i;
      }
    }
    return -1;
  }
}
