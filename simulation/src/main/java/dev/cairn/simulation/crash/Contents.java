package dev.cairn.simulation.crash;

import dev.cairn.protocol.suite.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the files of a folder say when they are opened: of a database its rows after SQLite's own
 * recovery, of any other file its bytes.
 *
 * @param hashes by the names of files, and of databases also of tables
 * @param damage why a database could not be read
 */
record Contents(Map<String, String> hashes, @Nullable String damage) {

  private static final String DATABASE = ".db";
  private static final String UNFINISHED = ".new";
  private static final String MAKING = ".making";

  /** Takes a copy. */
  Contents {
    hashes = new TreeMap<>(hashes);
  }

  /** Opens everything in a folder that holds these files. */
  static Contents in(Path folder, Map<String, byte[]> files) {
    Map<String, String> hashes = new TreeMap<>();
    try {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        String name = file.getKey();
        if (name.endsWith(DATABASE)) {
          database(folder.resolve(name), name, hashes);
        } else if (!name.contains(DATABASE)
            && !name.endsWith(UNFINISHED)
            && !name.endsWith(MAKING)) {
          hashes.put(name, Sha256.of(file.getValue()).toString());
        }
      }
      return new Contents(hashes, null);
    } catch (SQLException e) {
      return new Contents(hashes, e.getMessage());
    }
  }

  private static void database(Path file, String name, Map<String, String> hashes)
      throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      try (ResultSet answer = statement.executeQuery("PRAGMA integrity_check")) {
        if (!answer.next() || !answer.getString(1).equals("ok")) {
          throw new SQLException(name + " is damaged");
        }
      }
      List<String> tables = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")) {
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
      }
      for (String table : tables) {
        try (ResultSet rows = statement.executeQuery("SELECT * FROM \"" + table + "\"")) {
          hashes.put(name + " " + table, rows(rows));
        }
      }
    }
  }

  private static String rows(ResultSet rows) throws SQLException {
    Sha256 hash = new Sha256();
    int columns = rows.getMetaData().getColumnCount();
    while (rows.next()) {
      for (int column = 1; column <= columns; column++) {
        Object value = rows.getObject(column);
        byte[] bytes =
            value instanceof byte[] blob
                ? blob
                : String.valueOf(value).getBytes(StandardCharsets.UTF_8);
        byte[] length = (bytes.length + ":").getBytes(StandardCharsets.UTF_8);
        hash.update(length, 0, length.length);
        hash.update(bytes, 0, bytes.length);
      }
    }
    return hash.digest().toString();
  }

  /** What another lacks of these, or has otherwise. */
  String missingIn(Contents other) {
    if (other.damage != null) {
      return other.damage;
    }
    List<String> missing = new ArrayList<>();
    hashes.forEach(
        (name, hash) -> {
          if (!hash.equals(other.hashes.get(name))) {
            missing.add(name);
          }
        });
    return String.join(", ", missing);
  }

  /** Whether this can be read and says the same. */
  boolean isSame(Contents other) {
    return damage == null && other.damage == null && hashes.equals(other.hashes);
  }
}
