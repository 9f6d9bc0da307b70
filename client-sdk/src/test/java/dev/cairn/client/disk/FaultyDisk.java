package dev.cairn.client.disk;

import dev.cairn.client.store.RowStore;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.StoreException.Reason;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.suite.Traces;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Counts every step that changes a store (a file made, written, synced, renamed, deleted; a
 * transaction before it is durable and after it) and fails at the one a test chose.
 */
public final class FaultyDisk {

  /** How it fails. */
  public enum Kind {
    /** From the step on nothing is done any more, as if the process had died there. */
    CRASH,
    /** From the step on there is no room: what needs none (renaming, deleting) goes on. */
    FULL,
    /** At the step the process tells of it and waits to be killed. */
    KILL
  }

  private Kind kind = Kind.CRASH;
  private int failAt = Integer.MAX_VALUE;
  private int steps;
  private Runnable atKill = () -> {};

  /** Fails from the step of this number on, counted from 0. */
  public void failAt(Kind how, int step) {
    kind = how;
    failAt = step;
    steps = 0;
  }

  /** Never fails, and counts from 0 what would fail in this way. */
  public void count(Kind how) {
    failAt(how, Integer.MAX_VALUE);
  }

  /** What happens instead of a failure of the kind {@link Kind#KILL}. */
  public void onKill(Runnable wait) {
    atKill = wait;
  }

  /** How many steps there were. */
  public int steps() {
    return steps;
  }

  /** Whether the chosen step was reached. */
  public boolean failed() {
    return steps > failAt;
  }

  /** A path on this disk. */
  public Path path(Path real) {
    return new FaultyFiles(this).wrap(real);
  }

  /** A step that takes room. */
  void takesRoom() throws IOException {
    if (reached()) {
      throw new IOException(
          kind == Kind.FULL ? "No space left on device" : "the test's disk failed");
    }
  }

  /** A step that takes none. */
  void takesNone() throws IOException {
    if (kind != Kind.FULL && reached()) {
      throw new IOException("the test's disk failed");
    }
  }

  /** Whether writing is to stop half-way. */
  boolean isNext() {
    return steps >= failAt;
  }

  private boolean reached() {
    boolean now = steps++ >= failAt;
    if (now && kind == Kind.KILL) {
      atKill.run();
    }
    return now;
  }

  private void transaction(boolean before) throws StoreException {
    if (kind == Kind.FULL && !before) {
      return; // What is durable is durable.
    }
    if (reached()) {
      throw new StoreException(
          kind == Kind.FULL ? Reason.FULL : Reason.FAILED, "the test's disk failed");
    }
  }

  /** Rows that fail with the disk, before a transaction is durable or after it. */
  public RowStore rows(RowStore rows) {
    return new RowStore() {
      @Override
      public <T> T write(Work<T> work) throws CairnException {
        transaction(true);
        T result = rows.write(work);
        transaction(false);
        return result;
      }

      @Override
      public <T> T read(Work<T> work) throws CairnException {
        return rows.read(work);
      }

      @Override
      public void scrub(Traces destroyed) throws StoreException {
        rows.scrub(destroyed);
      }

      @Override
      public void check() throws StoreException {
        rows.check();
      }

      @Override
      public void close() {
        rows.close();
      }
    };
  }
}
