package dev.cairn.server.stream;

import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Prefix;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.log.ConsistencyProof;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.LogEntry;
import dev.cairn.server.ledger.SpaceSnapshot;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.server.ledger.StoredNodes;
import dev.cairn.server.ledger.UncheckedStoreException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the answer to one pull, piece by piece: the log from a position on as this reader may see
 * it. Frames are cut anew for him: what he may not fetch is left out, what he then could not
 * rebuild is written. The answer ends only where a frame ended when it was accepted, so that no
 * signature is parted from what it covers. For one thread at a time.
 */
public final class PullPager {

  /** Bytes that are made ready together. */
  private static final int PIECE_BYTES_MAX = 256 * 1024;

  /** Entries of the log looked at for one piece, shown or not. */
  private static final int PIECE_ENTRIES_MAX = 4096;

  private final Ledger ledger;
  private final SpaceSnapshot snapshot;
  private final long seenSize;
  private final int sizeBytesMax;
  private final PullStatements statements;
  private final @Nullable HiddenLeaves hidden;
  private final Set<CircleId> circles;
  private final @Nullable DeviceId own;
  private final EntryWriter writer = new EntryWriter();
  private final List<Change> frame = new ArrayList<>();
  private final List<Long> framePositions = new ArrayList<>();
  private ByteArrayOutputStream out = new ByteArrayOutputStream();
  private long next;
  private long pieceFrom;
  private long writtenBytes;
  private boolean joinedWritten;
  private boolean ended;

  /**
   * What a reader wants besides what he may fetch.
   *
   * @param hashes the leaves of what is left out
   * @param own the changes of his own device, also those that he may not fetch
   */
  public record Show(boolean hashes, boolean own) {

    /** Nothing. */
    public static final Show NOTHING = new Show(false, false);
  }

  /**
   * Begins an answer.
   *
   * @param reader the device it is for
   * @param from the position to begin at
   * @param seenSize leaves of the checkpoint that the reader has seen, 0 if none
   * @param sizeBytesMax after how many bytes the answer ends at the next frame
   * @param show what the reader wants besides what he may fetch
   */
  public PullPager(
      Ledger ledger,
      SpaceSnapshot snapshot,
      DeviceId reader,
      long from,
      long seenSize,
      int sizeBytesMax,
      Show show) {
    this.ledger = ledger;
    this.snapshot = snapshot;
    this.next = from;
    this.seenSize = seenSize;
    this.sizeBytesMax = sizeBytesMax;
    this.statements = new PullStatements(snapshot, reader);
    this.circles = new HashSet<>(snapshot.roster().readableBy(reader));
    this.own = show.own() ? reader : null;
    this.hidden = show.hashes() ? new HiddenLeaves(snapshot.roster().isServedAll(reader)) : null;
  }

  /** Whether everything was written. */
  public boolean ended() {
    return ended;
  }

  /**
   * The next piece of the stream.
   *
   * @throws StoreException.Corrupt if the store does not hold what the snapshot counts
   */
  public byte[] piece() throws StoreException {
    out = new ByteArrayOutputStream();
    pieceFrom = next;
    if (!joinedWritten) {
      joinedWritten = true;
      writeJoined();
    }
    try (LedgerView view = ledger.store().view()) {
      if (next < snapshot.head().size() && writtenBytes < sizeBytesMax) {
        view.entries(snapshot.space(), next, this::take);
        if (next == pieceFrom) {
          throw new StoreException.Corrupt("the log ends before its size");
        }
      }
      if (next >= snapshot.head().size() || writtenBytes >= sizeBytesMax) {
        writeEnd(view);
      }
    } catch (UncheckedStoreException e) {
      throw e.fault();
    }
    return out.toByteArray();
  }

  private void writeJoined() {
    for (Statement statement : statements.joinedSince(next)) {
      writeStatement(statement, statements.position(statement.id()));
    }
  }

  /** Takes one entry of the log; wants the next unless this piece is full at a frame's end. */
  private boolean take(LogEntry entry) {
    next = entry.position() + 1;
    long end = entry.position();
    if (entry instanceof LogEntry.OfStatement statement) {
      takeStatement(statement);
    } else {
      LogEntry.OfChange change = (LogEntry.OfChange) entry;
      takeChange(change);
      end = change.frameEnd();
    }
    if (entry.position() < end) {
      return true;
    }
    writeFrame();
    return next < snapshot.head().size()
        && next - pieceFrom < PIECE_ENTRIES_MAX
        && out.size() < PIECE_BYTES_MAX
        && writtenBytes < sizeBytesMax;
  }

  private void takeStatement(LogEntry.OfStatement entry) {
    if (statements.shows(entry.statement().id())) {
      writeHidden();
      writeStatement(entry.statement(), entry.position());
    } else if (hidden != null) {
      hidden.add(entry).ifPresent(this::writeEntry);
    }
  }

  private void takeChange(LogEntry.OfChange entry) {
    Change change = entry.change();
    if (shows(change.prefix())) {
      frame.add(change);
      framePositions.add(entry.position());
    } else if (hidden != null) {
      hidden.add(entry).ifPresent(this::writeEntry);
    }
  }

  private boolean shows(Prefix prefix) {
    return prefix.device().equals(own)
        || prefix.audience().circles().stream().anyMatch(circles::contains);
  }

  private void writeHidden() {
    if (hidden != null) {
      hidden.flush().ifPresent(this::writeEntry);
    }
  }

  private void writeStatement(Statement statement, long position) {
    Encoded encoded = Encoded.of(statement.encode());
    write(writer.write(new Entry.Statement(encoded, OptionalLong.of(position))));
  }

  private void writeFrame() {
    if (!frame.isEmpty()) {
      writeHidden();
      write(writer.write(new Entry.OfFrame(Frame.of(frame), framePositions)));
      frame.clear();
      framePositions.clear();
    }
  }

  private void writeEnd(LedgerView view) {
    writeHidden();
    StoredNodes nodes = new StoredNodes(view, snapshot.space(), snapshot.head());
    List<Digest> consistency =
        ConsistencyProof.create(seenSize, snapshot.head().size(), nodes).hashes();
    Encoded note = Encoded.of(snapshot.checkpoint().note());
    write(writer.write(new Entry.LogState(note, consistency, next)));
    ended = true;
  }

  private void writeEntry(Entry entry) {
    write(writer.write(entry));
  }

  private void write(byte[] entry) {
    out.writeBytes(entry);
    writtenBytes += entry.length;
  }
}
