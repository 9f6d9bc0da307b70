package dev.cairn.server.ledger;

import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.FrameSignatures;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.log.Checkpoint;
import dev.cairn.protocol.log.CompactTree;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Takes in, within one transaction, what members hand in of a log that was restored: checkpoints
 * that it signed itself, leaves that one of these proves, and what such a leaf stands for. Nothing
 * else is kept, so nobody can make the log other than it was.
 */
final class RefillIntake {

  private final LedgerTransaction transaction;
  private final RefillTable table;
  private final SpaceSnapshot before;
  private boolean changed;

  RefillIntake(LedgerTransaction transaction, SpaceSnapshot before) {
    this.transaction = transaction;
    this.table = transaction.refill();
    this.before = before;
  }

  /** Whether anything was kept. */
  boolean changed() {
    return changed;
  }

  private SpaceId space() {
    return before.space();
  }

  /** Takes a checkpoint that this log signed; of several the largest is the one to be reached. */
  void show(SignedCheckpoint shown) throws StoreException {
    Checkpoint checkpoint = shown.checkpoint();
    long size = checkpoint.size();
    if (size <= before.head().size()) {
      if (!root(size).equals(checkpoint.root())) {
        fork();
      }
      return;
    }
    Optional<Checkpoint> known = shown();
    if (known.isPresent() && known.get().size() == size) {
      if (!known.get().root().equals(checkpoint.root())) {
        fork();
      }
    } else if (!known.isPresent() || known.get().size() < size) {
      table.show(space(), shown.bare().note());
      changed = true;
    }
  }

  private Digest root(long size) throws StoreException {
    try {
      return CompactTree.load(size, new StoredNodes(transaction, space(), before.head())).root();
    } catch (UncheckedStoreException e) {
      throw e.fault();
    }
  }

  private Optional<Checkpoint> shown() throws StoreException {
    Optional<byte[]> note = table.mark(space()).flatMap(RefillView.Mark::note);
    return note.isPresent() ? Optional.of(RefillWork.checkpointOf(note.get())) : Optional.empty();
  }

  private void fork() throws StoreException {
    table.fork(space());
    changed = true;
  }

  /** Takes leaves that were found to be under a checkpoint of this log. */
  void leaves(long first, List<Digest> leaves, SignedCheckpoint under) throws StoreException {
    show(under);
    long position = first;
    for (Digest leaf : leaves) {
      leaf(position++, leaf);
    }
  }

  private void leaf(long position, Digest leaf) throws StoreException {
    Optional<Digest> known =
        position < before.head().size()
            ? Optional.of(transaction.node(space(), before.head().generation(), 0, position))
            : table.leaf(space(), position);
    if (known.isPresent()) {
      if (!known.get().equals(leaf)) {
        fork();
      }
    } else if (table.place(space(), leaf).isPresent()) {
      fork(); // No honest log holds a leaf twice.
    } else {
      table.addLeaf(space(), position, leaf);
      changed = true;
    }
  }

  /** Takes a statement whose leaf is wanted. */
  void take(Statement statement) throws StoreException {
    OptionalLong place = table.place(space(), statement.leafHash());
    if (place.isPresent() && !table.isWhole(space(), place.getAsLong())) {
      table.put(space(), new LogEntry.OfStatement(place.getAsLong(), statement));
      changed = true;
    }
  }

  /**
   * Takes those changes of a frame whose leaves are wanted. One without a signature of its own is
   * kept with the place of that which covers it, unless the log parts the two: then it is passed
   * over, for the log holds it with a signature that somebody else may bring.
   */
  void take(List<Change> frame) throws StoreException {
    Map<ChangeId, LogEntry.OfChange> taken = new HashMap<>();
    Map<Audience, Change> next = new HashMap<>();
    List<LogEntry.OfChange> wanted = new ArrayList<>();
    for (int i = frame.size() - 1; i >= 0; i--) {
      Change change = frame.get(i);
      OptionalLong place = table.place(space(), change.leafHash());
      Change cover = next.put(change.prefix().audience(), change);
      if (place.isEmpty()) {
        continue;
      }
      LogEntry.OfChange covering = cover == null ? null : taken.get(cover.id());
      OptionalLong end =
          change.signature().isPresent() ? place : end(change, place.getAsLong(), covering);
      if (end.isPresent() && end.getAsLong() - place.getAsLong() < Limits.FRAME_ITEMS_MAX) {
        LogEntry.OfChange entry = new LogEntry.OfChange(place.getAsLong(), end.getAsLong(), change);
        taken.put(change.id(), entry);
        wanted.add(entry);
      }
    }
    for (LogEntry.OfChange entry : wanted) {
      keep(entry);
    }
  }

  /** Where what covers a change ends; empty if nothing does, or the log parts the two. */
  private static OptionalLong end(Change change, long place, LogEntry.@Nullable OfChange covering) {
    return covering != null
            && covering.change().prefix().audiencePrevious().contains(change.id())
            && FrameSignatures.mayReach(covering.change(), covering.position(), change, place)
        ? OptionalLong.of(covering.frameEnd())
        : OptionalLong.empty();
  }

  /** What is kept without its body is kept anew when that comes. */
  private void keep(LogEntry.OfChange entry) throws StoreException {
    if (table.isWhole(space(), entry.position())) {
      return;
    }
    boolean brings = entry.change().ciphertext().isPresent() || entry.change().opensSession();
    if (brings || !table.isKept(space(), entry.position())) {
      table.put(space(), entry);
      changed = true;
    }
  }
}
