package dev.cairn.server.ledger;

import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.limits.Limits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was handed in of a log, in its order, as offers: changes that one signature covers stand in
 * one frame again. Reads a little at a time.
 */
final class HandedIn {

  private static final int PAGE = 64;

  private final RefillView table;
  private final SpaceId space;
  private final Deque<LogEntry> page = new ArrayDeque<>();
  private long from;
  private boolean ended;

  HandedIn(RefillView table, SpaceId space, long from) {
    this.table = table;
    this.space = space;
    this.from = from;
  }

  /**
   * Entries that go into the log together.
   *
   * @param first the position of the first of them
   * @param count how many
   * @param whole whether every body is there
   * @param offer null if it is one that makes no frame: what covers it is not here, or not in one
   *     frame with it
   */
  record Piece(long first, int count, boolean whole, @Nullable Offer offer) {}

  /** The next of them, or null at the end. */
  @Nullable Piece next() throws StoreException {
    LogEntry first = peek();
    if (first == null) {
      return null;
    }
    page.remove();
    if (first instanceof LogEntry.OfStatement statement) {
      return new Piece(first.position(), 1, true, new Offer.OfStatement(statement.statement()));
    }
    List<LogEntry.OfChange> entries = new ArrayList<>();
    entries.add((LogEntry.OfChange) first);
    long position = first.position();
    long end = entries.get(0).frameEnd();
    while (position < end
        && entries.size() < Limits.FRAME_ITEMS_MAX
        && peek() instanceof LogEntry.OfChange next
        && isNext(next, position)) {
      page.remove();
      entries.add(next);
      position++;
      end = Math.max(end, next.frameEnd());
    }
    Offer offer = position == end ? frame(entries) : null;
    if (offer == null) {
      // One that makes no frame must not take others with it.
      for (int i = entries.size() - 1; i > 0; i--) {
        page.addFirst(entries.remove(i));
      }
    }
    boolean whole =
        entries.stream()
            .map(LogEntry.OfChange::change)
            .allMatch(each -> each.opensSession() || each.ciphertext().isPresent());
    return new Piece(first.position(), entries.size(), whole, offer);
  }

  private static boolean isNext(LogEntry entry, long position) {
    return entry.position() == position + 1;
  }

  private static @Nullable Offer frame(List<LogEntry.OfChange> entries) {
    List<Change> changes = entries.stream().map(LogEntry.OfChange::change).toList();
    boolean isOfOne =
        changes.stream()
            .allMatch(each -> each.prefix().device().equals(changes.get(0).prefix().device()));
    long sizeBytes = changes.stream().mapToLong(Change::sizeBytes).sum();
    boolean fits = changes.size() <= Limits.FRAME_ITEMS_MAX && sizeBytes <= Limits.FRAME_BYTES_MAX;
    return isOfOne && fits ? new Offer.OfFrame(Frame.of(changes)) : null;
  }

  private @Nullable LogEntry peek() throws StoreException {
    if (page.isEmpty() && !ended) {
      page.addAll(table.entries(space, from, PAGE));
      ended = page.isEmpty();
      if (!ended) {
        from = page.getLast().position() + 1;
      }
    }
    return page.peek();
  }
}
