package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.encoding.Hex;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A closed store in the hands of somebody who can write to the disk and has no key. */
final class RawRows {

  /** A row as it lies in the database. */
  record Row(int table, String key) {}

  private final Path store;

  RawRows(Path store) {
    this.store = store;
  }

  private Connection connect() throws Exception {
    return DriverManager.getConnection("jdbc:sqlite:" + store.resolve("rows.db"));
  }

  /** Every row with its value. */
  Map<Row, byte[]> all() throws Exception {
    Map<Row, byte[]> rows = new LinkedHashMap<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet all = statement.executeQuery("SELECT tbl, hex(key), value FROM row_value")) {
      while (all.next()) {
        rows.put(new Row(all.getInt(1), all.getString(2)), all.getBytes(3));
      }
    }
    return rows;
  }

  /** Puts another value in a row, or takes the row away. */
  void set(Row row, byte @Nullable [] value) throws Exception {
    try (Connection connection = connect();
        PreparedStatement delete =
            connection.prepareStatement("DELETE FROM row_value WHERE tbl = ? AND hex(key) = ?");
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO row_value VALUES (?, ?, ?)")) {
      delete.setInt(1, row.table());
      delete.setString(2, row.key());
      delete.execute();
      if (value != null) {
        insert.setInt(1, row.table());
        insert.setBytes(2, Hex.decode(row.key().toLowerCase(Locale.ROOT)));
        insert.setBytes(3, value);
        insert.execute();
      }
    }
  }

  /** Takes the newest row of a table away. */
  void loseNewest(int table) throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      String newest = "(SELECT max(rowid) FROM row_value WHERE tbl = " + table + ")";
      assertThat(statement.executeUpdate("DELETE FROM row_value WHERE rowid = " + newest)).isOne();
    }
  }

  /** The whole store, to be put back. */
  Map<String, byte[]> files() throws Exception {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name : new String[] {"rows.db", "ring"}) {
      files.put(name, Files.readAllBytes(store.resolve(name)));
    }
    return files;
  }

  /** Puts the whole store back. */
  void restore(Map<String, byte[]> files) throws Exception {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(store.resolve(file.getKey()), file.getValue());
    }
  }
}
