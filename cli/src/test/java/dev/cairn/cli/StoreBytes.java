package dev.cairn.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What somebody finds who reads the files of a store byte by byte; one character for each byte. */
final class StoreBytes {

  /** Own changes, what waits to be sealed, changes of others: the rows that hold bodies. */
  private static final String ROWS = "SELECT value FROM row_value WHERE tbl IN (3, 6, 7)";

  private StoreBytes() {}

  /** The files of a folder, or the file itself, that hold these bytes. */
  static List<Path> holding(Path where, String bytes) throws IOException {
    List<Path> holding = new ArrayList<>();
    for (Path file : files(where)) {
      if (text(Files.readAllBytes(file)).contains(bytes)) {
        holding.add(file);
      }
    }
    return holding;
  }

  /** The files of a folder whose name begins so. */
  static List<Path> named(Path where, String name) throws IOException {
    return files(where).stream()
        .filter(file -> String.valueOf(file.getFileName()).startsWith(name))
        .toList();
  }

  private static List<Path> files(Path where) throws IOException {
    try (Stream<Path> files = Files.walk(where)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  /** The encrypted rows of a closed store of which each may hold a body. */
  static List<String> rows(Path store) throws IOException, SQLException {
    List<String> rows = new ArrayList<>();
    Path database =
        files(store).stream()
            .filter(file -> file.toString().endsWith(".sqlite") || file.toString().endsWith(".db"))
            .findFirst()
            .orElseThrow();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(ROWS)) {
      while (result.next()) {
        rows.add(text(result.getBytes(1)));
      }
    }
    return rows;
  }

  /** Which of these rows the store has no longer. */
  static List<String> gone(List<String> before, Path store) throws IOException, SQLException {
    Set<String> now = new HashSet<>(rows(store));
    return before.stream().filter(row -> !now.contains(row)).toList();
  }

  /** Which of the rows that the store has no longer can still be found in its files. */
  static List<String> left(List<String> before, Path store) throws IOException, SQLException {
    List<String> left = new ArrayList<>();
    for (String row : gone(before, store)) {
      for (int at = 0; at + 24 <= row.length(); at += 24) {
        if (!holding(store, row.substring(at, at + 24)).isEmpty()) {
          left.add(row);
        }
      }
    }
    return left;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
