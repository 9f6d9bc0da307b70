package dev.cairn.client.sync;

import dev.cairn.client.held.LogLeaves;
import dev.cairn.client.held.LogSight;
import dev.cairn.client.intake.IntakeBatch;
import dev.cairn.client.intake.Taken;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.ChangeLeaf;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.log.CompactTree;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How far the log was read within one transaction. */
final class LogReading {

  private static final int AHEAD_MAX = 100_000;

  /** A leaf that was told; of a change whose place is still to be noted, which. */
  record Told(LogLeaves.Leaf leaf, @Nullable ChangeId changeOrNull) {

    private Digest hash() {
      return leaf.hash();
    }
  }

  private final LogTrust trust;
  private final Map<Long, Told> ahead;
  private LogSight sight;
  private long next;
  private @Nullable CompactTree tree;
  private long fresh;
  private long setAside;
  private boolean gap;
  private final long first;
  private final List<LogLeaves.Leaf> grown = new ArrayList<>();
  private final LogLeaves.InOrder kept = new LogLeaves.InOrder();
  private boolean ended;
  private boolean unsound;
  private boolean contradicted;
  private final Unshown unshown;
  private final Set<DeviceId> aside = new TreeSet<>();

  /**
   * Goes on reading.
   *
   * @param from where the log was read to
   * @param ahead leaves of this answer that came before what they follow
   * @param unshown what was kept back so far, to which more is added
   */
  LogReading(LogSight from, LogTrust trust, Map<Long, Told> ahead, Unshown unshown) {
    this.unshown = unshown;
    this.trust = trust;
    this.ahead = ahead;
    sight = from;
    next = from.next();
    tree = from.tree().orElse(null);
    first = from.next();
  }

  LogSight sight() {
    return sight.fetched(next, tree);
  }

  /** Changes that were new. */
  long fresh() {
    return fresh;
  }

  /** Changes that were left out, for their device is not known. */
  long setAside() {
    return setAside;
  }

  /** Those devices. */
  Set<DeviceId> aside() {
    return aside;
  }

  /** Whether something was left out, for what it continues is not held. */
  boolean gap() {
    return gap;
  }

  /**
   * Whether what was told, now and before, does not fit together, and what was told before nobody
   * signed.
   */
  boolean unsound() {
    return unsound;
  }

  /** Whether another leaf was told than one that is kept as proven. */
  boolean contradicted() {
    return contradicted;
  }

  void take(SealedRows rows, IntakeBatch batch, Entry entry) throws CairnException {
    if (entry instanceof Entry.Statement stated) {
      Statement statement = Statement.decode(stated.statement().bytes());
      refuse(statement(rows, batch, statement, stated.position()));
    } else if (entry instanceof Entry.OfFrame framed) {
      boolean follows = tree == null || follows(framed.positions());
      Taken taken = batch.frame(framed.frame(), framed.positions(), follows);
      fresh += taken.fresh();
      List<Change> changes = framed.frame().changes();
      for (int i = 0; i < framed.positions().size(); i++) {
        boolean held = tree != null && batch.holds(changes.get(i));
        Told told =
            new Told(
                new LogLeaves.Leaf(changes.get(i).leafHash(), held),
                follows ? null : changes.get(i).id());
        leaf(rows, batch, framed.positions().get(i), told);
      }
      if (taken.code().equals(Optional.of(IntakeBatch.DEVICE_UNKNOWN))) {
        aside.add(framed.frame().device());
        setAside += taken.refused();
      } else if (taken.code().equals(Optional.of(IntakeBatch.GAP))) {
        gap = true;
      } else {
        refuse(taken);
      }
    } else if (entry instanceof Entry.Hidden hidden) {
      if (tree != null) {
        unshown.add(hidden, next);
      }
      long position = hidden.first();
      for (ChangeLeaf leaf : hidden.leaves()) {
        leaf(rows, batch, position++, bare(leaf.hash()));
      }
    } else if (entry instanceof Entry.Leaves leaves) {
      bare(rows, batch, leaves);
    } else if (entry instanceof Entry.LogState state) {
      end(state);
    }
  }

  /**
   * Takes in a statement. Its place in the log is what rights are judged by, so it is believed only
   * where the tree goes on with it, and a server that puts it anywhere else is not listened to.
   */
  private Taken statement(
      SealedRows rows, IntakeBatch batch, Statement statement, OptionalLong position)
      throws CairnException {
    if (tree == null || !position.isPresent()) {
      position.ifPresent(at -> next = Math.max(next, at + 1));
      return batch.statement(statement, position);
    }
    long at = position.getAsLong();
    if (at > next) {
      throw new MalformedException("the server tells a statement before what is before it");
    }
    Taken taken = batch.statement(statement, at == next ? position : OptionalLong.empty());
    boolean held = taken.refused() == 0;
    leaf(rows, batch, at, new Told(new LogLeaves.Leaf(statement.leafHash(), held), null));
    return taken;
  }

  /** Hashes alone: of statements that are known here it is seen where they stand. */
  private void bare(SealedRows rows, IntakeBatch batch, Entry.Leaves leaves) throws CairnException {
    Map<Digest, Statement> known = new HashMap<>();
    if (tree != null) {
      unshown.add(leaves, next);
      for (Statement statement : batch.roster().statements()) {
        known.put(statement.leafHash(), statement);
      }
    }
    long position = leaves.first();
    for (Digest leaf : leaves.leaves()) {
      Statement statement = known.get(leaf);
      if (statement == null) {
        leaf(rows, batch, position, bare(leaf));
      } else {
        statement(rows, batch, statement, OptionalLong.of(position));
      }
      position++;
    }
  }

  /** To be called when all is taken in: what the device can read is known then. */
  void settle(RosterState roster, DeviceId device) {
    unshown.keepReadable(roster, device);
    if (ended) {
      unshown.answered(sight.size());
    }
  }

  /** The log holds what it should not have taken: this server or its log is not honest. */
  private void refuse(Taken taken) throws CairnException {
    if (taken.refused() > 0) {
      throw LogTrust.lie(
          "the log holds what does not prove itself: " + taken.code().orElse("refused"),
          new byte[0],
          new byte[0]);
    }
  }

  private static Told bare(Digest hash) {
    return new Told(new LogLeaves.Leaf(hash, false), null);
  }

  /** Whether nothing is missing before any of these leaves. */
  private boolean follows(List<Long> positions) {
    long read = next;
    for (long position : positions) {
      if (position > read) {
        return false;
      }
      read += position == read ? 1 : 0;
      while (ahead.containsKey(read)) {
        read++;
      }
    }
    return true;
  }

  private void leaf(SealedRows rows, IntakeBatch batch, long position, Told told)
      throws CairnException {
    if (tree == null) {
      next = Math.max(next, position + 1);
      return;
    }
    if (position < next) {
      requireSame(rows, position, told.hash());
      return;
    }
    // Leaves hidden inside a frame are told before it: what is ahead waits for what is missing.
    Told other = ahead.put(position, told);
    if (other != null && !other.hash().equals(told.hash())) {
      throw otherLeaves();
    }
    if (ahead.size() > AHEAD_MAX) {
      throw new MalformedException("the server skips leaves");
    }
    Told following = ahead.remove(next);
    while (following != null) {
      read(rows, batch, following);
      following = ahead.remove(next);
    }
  }

  /** Takes in the next leaf: only now is it known what stands before it, and so its place. */
  private void read(SealedRows rows, IntakeBatch batch, Told told) throws CairnException {
    CompactTree before = Objects.requireNonNull(tree);
    if (next < before.size()) {
      requireSame(rows, next, told.hash());
    } else {
      tree = before.append(told.hash()).tree();
    }
    grown.add(told.leaf());
    if (told.changeOrNull() != null) {
      batch.place(told.changeOrNull(), told.hash(), next);
    }
    next++;
  }

  /** A leaf that is kept, or was read in this batch, is told the same again. */
  private void requireSame(SealedRows rows, long position, Digest hash) throws CairnException {
    boolean isOfThisBatch = position >= first && position < next;
    boolean isSame =
        isOfThisBatch
            ? grown.get((int) (position - first)).hash().equals(hash)
            : kept.at(rows, position).filter(hash::equals).isPresent();
    if (!isSame) {
      // What is proven stays. Of the rest it is open who was right.
      unsound |= position >= sight.proven();
      contradicted |= position < sight.proven();
      throw otherLeaves();
    }
  }

  private static MalformedException otherLeaves() {
    return new MalformedException("the server tells other leaves than those it told before");
  }

  /** To be called when what was passed over is for who can read other circles than began. */
  void outdate() {
    sight = sight.outdated();
  }

  /** Writes what was read of the log. */
  void write(SealedRows rows) throws CairnException {
    LogLeaves.write(rows, first, grown);
    sight().write(rows);
  }

  private void end(Entry.LogState state) throws CairnException {
    SignedCheckpoint now = trust.believe(state.checkpoint().bytes(), state.consistency());
    if (state.next() < next || state.next() > now.checkpoint().size()) {
      throw new MalformedException("the server skips leaves");
    }
    boolean whole = state.next() == next;
    boolean atEnd = state.next() == now.checkpoint().size();
    next = state.next();
    if (tree != null) {
      boolean same = !atEnd || tree.root().equals(now.checkpoint().root());
      if (!whole || !same) {
        unsound = true;
        throw LogTrust.lie(
            "the leaves the server shows are not those of the root it signed",
            new byte[0],
            state.checkpoint().bytes());
      }
    }
    sight = sight.checkpoint(now);
    sight = tree != null && atEnd ? sight().proved() : sight;
    ended = true;
  }
}
