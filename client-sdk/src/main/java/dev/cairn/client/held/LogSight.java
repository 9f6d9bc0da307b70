package dev.cairn.client.held;

import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.StoreException;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.feed.CheckpointRef;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.log.Checkpoint;
import dev.cairn.protocol.log.CompactTree;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.suite.Digest;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What this device has seen of the log: the newest signed checkpoint it verified, how far it has
 * fetched, and, on a device that watches every leaf, the tree over them. Immutable.
 */
public final class LogSight {

  private static final int FIELDS = 6;
  private static final Digest NOBODYS = Digest.of(new byte[Digest.SIZE_BYTES]);

  private final long generation;
  private final @Nullable SignedCheckpoint checkpoint;
  private final long next;
  private final @Nullable CompactTree tree;
  private final @Nullable CompactTree proven;
  private final Digest view;
  private final boolean isStrayed;

  private LogSight(
      long generation,
      @Nullable SignedCheckpoint checkpoint,
      long next,
      @Nullable CompactTree tree,
      @Nullable CompactTree proven,
      Digest view) {
    this(generation, checkpoint, next, tree, proven, view, false);
  }

  private LogSight(
      long generation,
      @Nullable SignedCheckpoint checkpoint,
      long next,
      @Nullable CompactTree tree,
      @Nullable CompactTree proven,
      Digest view,
      boolean isStrayed) {
    this.generation = generation;
    this.checkpoint = checkpoint;
    this.next = next;
    this.tree = tree;
    this.proven = proven;
    this.view = view;
    this.isStrayed = isStrayed;
  }

  /** The life of the log. */
  public long generation() {
    return generation;
  }

  /**
   * Whether it is of a log that is followed under its number: what an owner signed may turn out to
   * be void, and of two logs under one number another may be followed than once was.
   *
   * @param logs the log of each generation
   */
  public boolean isOf(Map<Long, LogKey> logs) {
    LogKey log = logs.get(generation);
    return log != null
        && !isStrayed
        && (checkpoint == null || checkpoint.checkpoint().origin().equals(log.origin()));
  }

  /** The newest checkpoint that was verified. */
  public Optional<SignedCheckpoint> checkpoint() {
    return Optional.ofNullable(checkpoint);
  }

  /** The same as a change cites it. */
  public Optional<CheckpointRef> ref() {
    return checkpoint()
        .map(SignedCheckpoint::checkpoint)
        .map(seen -> new CheckpointRef(generation, seen.size(), seen.root()));
  }

  /** How many leaves the newest checkpoint has, 0 if there is none. */
  public long size() {
    return checkpoint().map(SignedCheckpoint::checkpoint).map(Checkpoint::size).orElse(0L);
  }

  /** The position from which to fetch. */
  public long next() {
    return next;
  }

  /**
   * The tree over all leaves that are kept: those before {@link #next}, and when the log is read
   * again those that are proven. Empty on a device that does not watch.
   */
  public Optional<CompactTree> tree() {
    return Optional.ofNullable(tree);
  }

  /**
   * Of how many leaves a root was seen that the log signed. They do not change any more, whoever
   * tells others; those behind them nobody has signed yet.
   */
  public long proven() {
    return proven == null ? 0 : proven.size();
  }

  /** Whether the log has this leaf there for certain. Only who watches can tell. */
  public boolean proves(SealedRows rows, long position, Digest leaf) throws CairnException {
    return position < proven() && LogLeaves.at(rows, position).filter(leaf::equals).isPresent();
  }

  /** Whether the leaves in the store are those that were proven. */
  public boolean keepsProven(SealedRows rows) throws CairnException {
    try {
      CompactTree[] kept = {CompactTree.empty()};
      LogLeaves.visit(
          rows, proven(), (position, leaf) -> kept[0] = kept[0].append(leaf.hash()).tree());
      return proven == null || proven.equals(kept[0]);
    } catch (StoreException e) {
      if (e.reason() != StoreException.Reason.CORRUPT) {
        throw e;
      }
      return false;
    }
  }

  /**
   * Says which circles could be read when fetching began: with others, it begins anew. Whatever was
   * passed over since was passed over by who could read these, or it says nothing.
   */
  public Digest view() {
    return view;
  }

  /** Of a generation that begins, and of which nothing was seen yet. */
  public static LogSight begun(long generation, boolean watches) {
    CompactTree nothing = watches ? CompactTree.empty() : null;
    return new LogSight(generation, null, 0, nothing, nothing, NOBODYS);
  }

  /** With a newer checkpoint. */
  public LogSight checkpoint(SignedCheckpoint value) {
    return new LogSight(generation, value, next, tree, proven, view);
  }

  /** With a new place to fetch from. */
  public LogSight fetched(long nextPosition, @Nullable CompactTree grown) {
    return new LogSight(generation, checkpoint, nextPosition, grown, proven, view);
  }

  /** With the tree that has the signed root of the newest checkpoint. */
  public LogSight proved() {
    return new LogSight(generation, checkpoint, next, tree, tree, view);
  }

  /** With everything to be fetched again, as somebody who may see other things now. */
  public LogSight again(Digest newView, boolean watches) {
    CompactTree kept = proven == null ? CompactTree.empty() : proven;
    CompactTree begun = watches ? kept : null;
    return new LogSight(generation, checkpoint, 0, begun, begun, newView);
  }

  /** With everything to be fetched again, the leaves too, for some of them may be lost. */
  public LogSight anew(boolean watches) {
    CompactTree nothing = watches ? CompactTree.empty() : null;
    return new LogSight(generation, checkpoint, 0, nothing, nothing, view);
  }

  /** With a view that is nobody's: everything is to be fetched again. */
  public LogSight outdated() {
    return new LogSight(generation, checkpoint, next, tree, proven, NOBODYS);
  }

  /**
   * Reads it; a new store has seen nothing. Where the row was taken away, what receipts show of the
   * log was seen for certain, and is not forgotten.
   *
   * @param logs the log of each generation
   */
  public static LogSight read(SealedRows rows, Map<Long, LogKey> logs) throws CairnException {
    byte[] row = Fact.LOG.get(rows);
    if (row == null) {
      LogSight nothing = new LogSight(0, null, 0, null, null, NOBODYS);
      return byReceipts(rows, logs, nothing);
    }
    return StoredForm.read("log", row, reader -> read(reader, logs));
  }

  private static LogSight byReceipts(SealedRows rows, Map<Long, LogKey> logs, LogSight nothing)
      throws CairnException {
    LogSight seen = nothing;
    for (ReceiptRow row : ReceiptRow.readAll(rows)) {
      LogKey key = logs.get(row.receipt().generation());
      boolean isNewer =
          row.receipt().generation() > seen.generation()
              || (row.receipt().generation() == seen.generation()
                  && row.receipt().claimed().size() > seen.size());
      if (key != null && isNewer && row.receipt().isOf(key)) {
        SignedCheckpoint checkpoint = SignedCheckpoint.open(row.receipt().note(), key);
        seen = new LogSight(row.receipt().generation(), checkpoint, 0, null, null, nothing.view);
      }
    }
    return seen;
  }

  private static LogSight read(CborReader reader, Map<Long, LogKey> logs) throws CairnException {
    reader.arrayOf(FIELDS);
    long generation = reader.uint();
    SignedCheckpoint checkpoint = null;
    boolean isStrayed = false;
    LogKey key = logs.get(generation);
    if (reader.nextIsNull() || key == null) {
      reader.rawItem();
    } else {
      byte[] note = reader.bytes(Limits.NOTE_SIZE_BYTES_MAX);
      isStrayed = !SignedCheckpoint.claimed(note).origin().equals(key.origin());
      checkpoint = isStrayed ? null : SignedCheckpoint.open(note, key);
    }
    long next = reader.uint();
    CompactTree tree = readTree(reader);
    CompactTree proven = readTree(reader);
    Digest view = Digest.of(reader.bytesExactly(Digest.SIZE_BYTES));
    return new LogSight(generation, checkpoint, next, tree, proven, view, isStrayed);
  }

  private static @Nullable CompactTree readTree(CborReader reader) throws CairnException {
    if (reader.nextIsNull()) {
      reader.nul();
      return null;
    }
    return CompactTree.decode(reader.bytes(Short.MAX_VALUE));
  }

  /** Writes it. */
  public void write(SealedRows rows) throws CairnException {
    CborWriter writer = new CborWriter().array(FIELDS).uint(generation);
    if (checkpoint == null) {
      writer.nul();
    } else {
      writer.bytes(checkpoint.note());
    }
    writer.uint(next);
    write(writer, tree);
    write(writer, proven);
    Fact.LOG.put(rows, writer.bytes(view.bytes()).toBytes());
  }

  private static void write(CborWriter writer, @Nullable CompactTree tree) {
    if (tree == null) {
      writer.nul();
    } else {
      writer.bytes(tree.encode());
    }
  }
}
