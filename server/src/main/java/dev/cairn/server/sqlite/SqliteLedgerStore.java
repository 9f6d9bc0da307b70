package dev.cairn.server.sqlite;

import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.suite.Traces;
import dev.cairn.server.directory.PrivateFiles;
import dev.cairn.server.ledger.LedgerStore;
import dev.cairn.server.ledger.LedgerTransaction;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The ledger in one SQLite file: write-ahead log, {@code synchronous=FULL}, so that a commit that
 * returned survives a power cut. Readers never wait for the writer, nor it for them.
 *
 * <p>Safe for many threads; each view or transaction is for one.
 */
public final class SqliteLedgerStore implements LedgerStore {

  private static final int IDLE_READERS_MAX = 8;
  private static final int SCRUB_WAIT_MILLIS = 50;

  /** A disk without room for it must not be asked for ever. */
  private static final long REWRITE_APART_NANOS = 10_000_000_000L;

  private final DatabaseFile file;
  private final Sql writer;
  private final Deque<Sql> idleReaders = new ArrayDeque<>();
  private final Map<SpaceId, Integer> spaceNumbers = new ConcurrentHashMap<>();
  private final Traces erased = new Traces();
  private @Nullable Long rewrittenNanos;
  private boolean rewriteDue;
  private boolean closed;

  private SqliteLedgerStore(DatabaseFile file, Sql writer) {
    this.file = file;
    this.writer = writer;
  }

  /**
   * Opens a file, creating or migrating it.
   *
   * @throws StoreException.TooNew if a newer program wrote it
   */
  public static SqliteLedgerStore open(Path path) throws StoreException {
    createPrivate(path);
    DatabaseFile file = new DatabaseFile(path);
    try {
      Sql writer = Sql.open(file);
      try {
        Migrations.apply(writer.connection());
      } catch (SQLException | StoreException e) {
        writer.close();
        throw e;
      }
      return new SqliteLedgerStore(file, writer);
    } catch (SQLException e) {
      throw Faults.named(e);
    }
  }

  /** SQLite gives its other files the mode of the first, and makes that readable for everybody. */
  private static void createPrivate(Path file) throws StoreException {
    if (Files.exists(file)) {
      return;
    }
    try {
      PrivateFiles.openForWriting(file).close();
    } catch (IOException e) {
      throw new StoreException.Failed(e);
    }
  }

  @Override
  public LedgerView view() throws StoreException {
    Sql reader = takeReader();
    try {
      reader.execute("BEGIN");
    } catch (StoreException e) {
      reader.close();
      throw e;
    }
    return new SqliteView(reader, spaceNumbers, this::giveBack);
  }

  @Override
  public LedgerTransaction begin() throws StoreException {
    writer.execute("BEGIN IMMEDIATE");
    return new SqliteTransaction(writer, spaceNumbers, erased);
  }

  @Override
  public void scrub() throws StoreException {
    // A reader in the way is told of in a row, not by an exception, and must not hold up the
    // writer: scrubbing is tried again.
    writer.waitAtMost(SCRUB_WAIT_MILLIS);
    try {
      emptyWriteAheadLog();
      if (!erased.isEmpty()) {
        // Once a copy was found only writing the file anew helps: it is not searched again.
        rewriteDue = rewriteDue || holdsErased();
        if (rewriteDue) {
          rewrite();
          rewriteDue = false;
          emptyWriteAheadLog();
        }
        erased.clear();
      }
    } finally {
      writer.waitAtMost(Sql.BUSY_MILLIS_MAX);
    }
  }

  private void emptyWriteAheadLog() throws StoreException {
    writer.query(
        "PRAGMA wal_checkpoint(TRUNCATE)",
        row -> {
          if (row.getInt(1) != 0) {
            throw new StoreException.Failed(new IllegalStateException("a reader is in the way"));
          }
          return false;
        });
  }

  /**
   * Whether the file holds a copy of what was dropped. SQLite overwrites what it frees, but not
   * copies that stayed in the unused part of a page when it moved rows to another.
   */
  private boolean holdsErased() throws StoreException {
    try {
      return file.holds(erased);
    } catch (IOException e) {
      throw new StoreException.Failed(e);
    }
  }

  /**
   * Writes the whole file anew; not every moment. It takes the file's size in the system's folder
   * for temporary files, and again in the write-ahead log.
   */
  private void rewrite() throws StoreException {
    long now = System.nanoTime();
    if (rewrittenNanos != null && now - rewrittenNanos < REWRITE_APART_NANOS) {
      throw new StoreException.Failed(new IllegalStateException("it was tried a moment ago"));
    }
    rewrittenNanos = now;
    writer.release();
    writer.execute("VACUUM");
  }

  @Override
  public void close() {
    synchronized (idleReaders) {
      closed = true;
      idleReaders.forEach(Sql::close);
      idleReaders.clear();
    }
    scrubLastly();
    writer.close();
  }

  /** Does what readers were in the way of until now. */
  private void scrubLastly() {
    try {
      rewrittenNanos = null;
      if (!erased.isEmpty()) {
        scrub();
      }
    } catch (StoreException e) {
      // Everything that was accepted is durable all the same.
      return;
    }
  }

  private Sql takeReader() throws StoreException {
    synchronized (idleReaders) {
      if (closed) {
        throw new StoreException.Failed(new IllegalStateException("the store is closed"));
      }
      Sql idle = idleReaders.poll();
      if (idle != null) {
        return idle;
      }
    }
    try {
      return Sql.open(file);
    } catch (SQLException e) {
      throw Faults.named(e);
    }
  }

  private void giveBack(Sql reader) {
    try {
      reader.execute("COMMIT");
    } catch (StoreException e) {
      reader.close();
      return;
    }
    synchronized (idleReaders) {
      if (!closed && idleReaders.size() < IDLE_READERS_MAX) {
        idleReaders.push(reader);
        return;
      }
    }
    reader.close();
  }
}
