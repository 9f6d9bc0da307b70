package dev.cairn.client.sync;

import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.OwnChanges;
import dev.cairn.client.held.Progress;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be pushed: statements, then every change without a receipt, in order. Changes are
 * read from the store as they are needed, for there may be many.
 */
final class PushQueue {

  private static final int CHANGES_READ = 256;

  private final Holdings holdings;
  private final Deque<Statement> statements;
  private final List<Change> changes = new ArrayList<>();
  private long nextSequence;

  private PushQueue(Holdings holdings, long nextSequence) {
    this.holdings = holdings;
    this.statements = new ArrayDeque<>(holdings.book().outbox());
    this.nextSequence = nextSequence;
  }

  static PushQueue of(Holdings holdings) throws CairnException {
    Progress progress = holdings.store().read(Progress::read);
    PushQueue queue = new PushQueue(holdings, 1 + progress.receivedThrough());
    queue.refill();
    return queue;
  }

  static PushQueue ofStatements(Holdings holdings) {
    return new PushQueue(holdings, Long.MAX_VALUE);
  }

  private void refill() throws CairnException {
    if (changes.size() < Limits.FRAME_ITEMS_MAX) {
      List<Change> more =
          holdings.store().read(rows -> OwnChanges.from(rows, nextSequence, CHANGES_READ));
      changes.addAll(more);
      if (!more.isEmpty()) {
        nextSequence = 1 + more.get(more.size() - 1).prefix().sequence();
      }
    }
  }

  boolean isEmpty() {
    return statements.isEmpty() && changes.isEmpty();
  }

  /** The statement that is next; null when it is the turn of changes. */
  @Nullable Statement statement() {
    return statements.peek();
  }

  /** Takes the statement that is next out. */
  Statement takeStatement() {
    return statements.remove();
  }

  /** Takes as many changes out as make the next frame of a stream, at least one. */
  List<Change> takeFrame(EntryWriter writer, int sizeBytesMax) throws CairnException {
    if (changes.isEmpty()) {
      throw new NoSuchElementException("no change waits");
    }
    List<Change> first = changes.subList(0, writer.fitting(changes, sizeBytesMax));
    List<Change> run = new ArrayList<>(first);
    first.clear();
    refill();
    return run;
  }
}
