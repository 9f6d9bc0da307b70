package dev.cairn.benchmarks.limit;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Changes a second read from the file of {@link DurableInserts}, in order, all their bytes. */
public final class SqliteScan {
  private SqliteScan() {}

  /** Reads all, again and again. */
  public static double perSecond(Path file, long millis) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT payload, signature, ciphertext FROM change ORDER BY position")) {
      return Timing.perSecond(() -> scan(select), millis);
    }
  }

  private static long scan(PreparedStatement select) throws SQLException {
    long rows = 0;
    long bytes = 0;
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        for (int column = 1; column <= 3; column++) {
          byte[] value = row.getBytes(column);
          bytes += value == null ? 0 : value.length;
        }
        rows++;
      }
    }
    if (bytes < rows) {
      throw new SQLException("rows without bytes");
    }
    return rows;
  }
}
