package dev.cairn.server.sqlite;

import dev.cairn.server.ledger.LedgerView.EntryVisitor;
import dev.cairn.server.ledger.LogEntry;
import dev.cairn.server.ledger.StoreException;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts statements and changes, which stand in two tables, back into the order of the log. */
final class EntryMerge {

  private final EntryVisitor visitor;
  private final SortedMap<Long, LogEntry> held = new TreeMap<>();
  private long next;
  private boolean wantsMore = true;

  EntryMerge(long from, EntryVisitor visitor) {
    this.next = from;
    this.visitor = visitor;
  }

  /** The position that comes next. */
  long next() {
    return next;
  }

  /** Whether the visitor wants more and the log may have it. */
  boolean wantsMore() {
    return wantsMore;
  }

  /** Keeps an entry until its turn. */
  boolean hold(LogEntry entry) {
    held.put(entry.position(), entry);
    return true;
  }

  /**
   * Passes on an entry and whatever held ones come before it. A visitor may have had enough after
   * one of those: the log has grown since he asked how long it is.
   */
  boolean take(LogEntry entry) throws StoreException {
    passHeld();
    return wantsMore && pass(entry);
  }

  /** Ends a run of positions; one that is not full was the last. */
  void endPage(long until) throws StoreException {
    passHeld();
    wantsMore &= next == until;
  }

  private void passHeld() throws StoreException {
    while (wantsMore && held.containsKey(next)) {
      pass(held.remove(next));
    }
  }

  private boolean pass(LogEntry entry) throws StoreException {
    if (entry.position() != next) {
      throw new StoreException.Corrupt("nothing is stored at position " + next);
    }
    next++;
    wantsMore = visitor.visit(entry);
    return wantsMore;
  }
}
