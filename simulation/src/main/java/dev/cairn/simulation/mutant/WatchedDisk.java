package dev.cairn.simulation.mutant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes down what is written to real files and what of it is synced, and makes the image that a
 * cut of power may leave at worst: of a file its synced content, under the name that its synced
 * folder gives it; of SQLite's log nothing that its settings do not promise to have synced.
 *
 * <p>Source: sqlite.org/pragma.html#pragma_synchronous, sqlite.org/wal.html; POSIX fsync.
 */
final class WatchedDisk {

  private static final int FULL = 2;
  private static final String LOG = "-wal";
  private static final String SHARED_MEMORY = "-shm";

  private static final Map<String, Connection> CONNECTIONS = new HashMap<>();
  private static final Map<FileChannel, Path> CHANNELS = new HashMap<>();
  private static final Map<Path, byte[]> SYNCED = new HashMap<>();
  private static final Map<Path, byte[]> DURABLE = new HashMap<>();

  /** Names that files were given; durable when the folder is. */
  private static final Map<Path, byte[]> NAMED = new HashMap<>();

  private static final List<Path> WRITTEN = new ArrayList<>();

  private WatchedDisk() {}

  static Connection connected(String url, Connection connection) {
    CONNECTIONS.put(url.substring(url.lastIndexOf(':') + 1), connection);
    return connection;
  }

  static FileChannel opened(Path file, FileChannel channel) {
    CHANNELS.put(channel, file.toAbsolutePath());
    WRITTEN.add(file.toAbsolutePath());
    return channel;
  }

  static void moved(Path from, Path to) {
    byte[] content = SYNCED.remove(from.toAbsolutePath());
    NAMED.put(to.toAbsolutePath(), content == null ? new byte[0] : content);
    WRITTEN.add(to.toAbsolutePath());
  }

  static void synced(FileChannel channel) throws IOException {
    Path file = CHANNELS.get(channel);
    if (file == null) {
      return;
    }
    if (!Files.isDirectory(file)) {
      SYNCED.put(file, Files.readAllBytes(file));
      return;
    }
    NAMED.forEach(
        (name, content) -> {
          if (file.equals(name.getParent())) {
            DURABLE.put(name, content);
          }
        });
    NAMED.keySet().removeIf(name -> file.equals(name.getParent()));
  }

  /** What a cut of power leaves now. */
  static Path image(Path folder, Path to) {
    try (Stream<Path> files = Files.list(folder)) {
      Files.createDirectories(to);
      for (Path file : (Iterable<Path>) files::iterator) {
        Path absolute = file.toAbsolutePath();
        Path copy = to.resolve(file.getFileName().toString());
        if (WRITTEN.contains(absolute)) {
          byte[] durable = DURABLE.get(absolute);
          if (durable != null) {
            Files.write(copy, durable);
          }
        } else if (Files.isRegularFile(file) && isSynced(file)) {
          Files.copy(file, copy);
        }
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSynced(Path file) {
    String name = file.toString();
    if (!name.endsWith(LOG)) {
      return !name.endsWith(SHARED_MEMORY);
    }
    Connection connection = CONNECTIONS.get(name.substring(0, name.length() - LOG.length()));
    if (connection == null) {
      throw new IllegalStateException("SQLite was opened unseen: " + name);
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA synchronous")) {
      return row.next() && row.getInt(1) >= FULL;
    } catch (SQLException e) {
      throw new IllegalStateException("SQLite does not tell what it syncs", e);
    }
  }
}
