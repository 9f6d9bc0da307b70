package dev.cairn.server.stream;

import dev.cairn.protocol.feed.ChangeLeaf;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.server.ledger.LogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Neighbours in the log that a reader may not fetch, until they are told together. Who holds the
 * whole roster is told whom they are for, and can see that it is not he; others are not, for the
 * circles of a space and how much is said in each are not for every phone.
 */
final class HiddenLeaves {

  private final boolean addressed;
  private final List<ChangeLeaf> changes = new ArrayList<>();
  private final List<Digest> hashes = new ArrayList<>();
  private long first;

  /**
   * Begins with none.
   *
   * @param addressed whether the reader is told whom changes are for
   */
  HiddenLeaves(boolean addressed) {
    this.addressed = addressed;
  }

  /** Adds a leaf; what has to be written before it is given back. */
  Optional<Entry> add(LogEntry entry) {
    boolean asChange = addressed && entry instanceof LogEntry.OfChange;
    boolean continues =
        entry.position() == first + size()
            && size() < Limits.ENTRY_LEAVES_MAX
            && (asChange ? hashes : changes).isEmpty();
    Optional<Entry> full = continues ? Optional.empty() : flush();
    if (size() == 0) {
      first = entry.position();
    }
    if (asChange) {
      changes.add(((LogEntry.OfChange) entry).change().leaf());
    } else {
      hashes.add(hash(entry));
    }
    return full;
  }

  private static Digest hash(LogEntry entry) {
    return entry instanceof LogEntry.OfChange change
        ? change.change().leafHash()
        : ((LogEntry.OfStatement) entry).statement().leafHash();
  }

  private int size() {
    return changes.size() + hashes.size();
  }

  /** What was added since the last time, if anything was. */
  Optional<Entry> flush() {
    if (size() == 0) {
      return Optional.empty();
    }
    Entry entry =
        changes.isEmpty() ? new Entry.Leaves(first, hashes) : new Entry.Hidden(first, changes);
    changes.clear();
    hashes.clear();
    return Optional.of(entry);
  }
}
