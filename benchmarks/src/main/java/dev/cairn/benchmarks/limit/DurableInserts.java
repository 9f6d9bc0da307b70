package dev.cairn.benchmarks.limit;

import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Ciphertext;
import dev.cairn.protocol.feed.Signature;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Changes a second that SQLite makes durable, so many in a transaction, with the server's settings
 * (write-ahead log, {@code synchronous=FULL}, {@code secure_delete}): one row for each change with
 * its payload, signature and ciphertext, found by position and by id. What else a server keeps
 * (heads, tree, checkpoints, usage) is not written.
 */
public final class DurableInserts implements AutoCloseable {

  private final Connection connection;
  private final PreparedStatement insert;
  private long position;

  /** Into a new file. */
  public DurableInserts(Path file) throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("PRAGMA secure_delete = ON");
      statement.execute(
          "CREATE TABLE change (position INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE,"
              + " payload BLOB NOT NULL, signature BLOB, ciphertext BLOB)");
    }
    connection.setAutoCommit(false);
    insert = connection.prepareStatement("INSERT INTO change VALUES (?, ?, ?, ?, ?)");
  }

  /** Changes a second, written again and again under ids of their own. */
  public double perSecond(List<Change> changes, int batch, long millis) throws Exception {
    return Timing.perSecond(() -> write(changes, batch), millis);
  }

  /** Writes all of some changes once. */
  public void fill(List<Change> changes, int batch) throws SQLException {
    for (int from = 0; from < changes.size(); from += batch) {
      write(changes.subList(from, Math.min(changes.size(), from + batch)), batch);
    }
  }

  private long write(List<Change> changes, int batch) throws SQLException {
    for (int i = 0; i < batch; i++) {
      Change change = changes.get((int) (position % changes.size()));
      byte[] id = change.id().bytes();
      // Another id every time, spread as hashes are.
      for (int at = 0; at < Long.BYTES; at++) {
        id[Long.BYTES + at] ^= (byte) (position >>> (8 * at));
      }
      insert.setLong(1, position++);
      insert.setBytes(2, id);
      insert.setBytes(3, change.payload());
      insert.setBytes(4, change.signature().map(Signature::bytes).orElse(null));
      insert.setBytes(5, change.ciphertext().map(Ciphertext::bytes).orElse(null));
      insert.executeUpdate();
    }
    connection.commit();
    return batch;
  }

  @Override
  public void close() throws SQLException {
    insert.close();
    connection.close();
  }
}
