package dev.cairn.server.sqlite;

import dev.cairn.protocol.suite.Traces;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The file of a store, as it lies on the disk. A process that closes a file loses all its locks on
 * it, those of SQLite among them, and another process could then take the write-ahead log away. So
 * the file is opened once at most, and closed after the last connection that this store has to it.
 *
 * <p>An interrupt does not close it, as it would a channel. Safe for many threads, but for {@link
 * #holds}, which is for one that has a connection.
 *
 * <p>Source: sqlite.org/howtocorrupt.html, 2.2.
 */
final class DatabaseFile {

  private static final int PIECE_BYTES = 1 << 16;

  private final Path path;
  private @Nullable RandomAccessFile bytes;
  private int connections;

  DatabaseFile(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /** Says that a connection is about to be opened. */
  synchronized void enter() {
    connections++;
  }

  /** Says that a connection is closed. */
  synchronized void leave() {
    connections--;
    if (connections > 0) {
      return;
    }
    RandomAccessFile open = bytes;
    bytes = null;
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      // It was only read.
      return;
    }
  }

  private synchronized RandomAccessFile bytes() throws IOException {
    if (bytes == null) {
      bytes = new RandomAccessFile(path.toFile(), "r");
    }
    return bytes;
  }

  /** Whether something is left in the file. */
  boolean holds(Traces traces) throws IOException {
    Traces.Search search = traces.search();
    RandomAccessFile in = bytes();
    in.seek(0);
    byte[] piece = new byte[PIECE_BYTES];
    for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
      if (search.finds(piece, count)) {
        return true;
      }
    }
    return false;
  }
}
