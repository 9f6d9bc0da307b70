package dev.cairn.protocol.frame;

import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import java.util.List;

/**
 * Writes the entries of one stream, each as the byte string that goes on the wire. Not safe for use
 * by several threads at once.
 */
public final class EntryWriter {

  private final FrameWriter frames = new FrameWriter();

  /** Begins a stream. */
  public EntryWriter() {}

  /** Makes the next frame name its device, so that it can be read without those before it. */
  public void restart() {
    frames.restart();
  }

  /** See {@link FrameWriter#fitting}. */
  public int fitting(List<Change> changes, int sizeBytesMax) {
    return frames.fitting(changes, sizeBytesMax);
  }

  /**
   * Writes an entry.
   *
   * @throws IllegalArgumentException if it breaks a bound that its reader would refuse
   */
  public byte[] write(Entry entry) {
    CborWriter writer = new CborWriter();
    if (entry instanceof Entry.Statement statement) {
      writeStatement(writer, statement);
    } else if (entry instanceof Entry.OfFrame frame) {
      writeFrame(writer, frame);
    } else if (entry instanceof Entry.Leaves leaves) {
      checkSize(leaves.leaves(), 1, Limits.ENTRY_LEAVES_MAX);
      writer.array(3).uint(EntryKind.LEAVES).uint(leaves.first());
      writeHashes(writer, leaves.leaves());
    } else if (entry instanceof Entry.Hidden hidden) {
      checkSize(hidden.leaves(), 1, Limits.ENTRY_LEAVES_MAX);
      writer.array(4).uint(EntryKind.HIDDEN).uint(hidden.first());
      HiddenForm.write(writer, hidden.leaves());
    } else if (entry instanceof Entry.OfReceipt receipt) {
      writer.array(2).uint(EntryKind.RECEIPT).raw(receipt.receipt().bytes());
    } else if (entry instanceof Entry.LogState state) {
      checkSize(state.consistency(), 0, Limits.CONSISTENCY_HASHES_MAX);
      writer.array(4).uint(EntryKind.LOG_STATE).bytes(state.checkpoint().bytes());
      writeHashes(writer, state.consistency());
      writer.uint(state.next());
    } else if (entry instanceof Entry.Refusal refusal) {
      writeRefusal(writer, refusal);
    }
    return ByteStringStream.wrap(writer.toBytes(), Limits.ENTRY_BYTES_MAX);
  }

  private static void writeStatement(CborWriter writer, Entry.Statement entry) {
    boolean placed = entry.position().isPresent();
    writer.array(placed ? 3 : 2).uint(EntryKind.STATEMENT).bytes(entry.statement().bytes());
    if (placed) {
      writer.uint(entry.position().getAsLong());
    }
  }

  private void writeFrame(CborWriter writer, Entry.OfFrame entry) {
    List<Long> positions = entry.positions();
    boolean placed = !positions.isEmpty();
    if (placed && positions.size() != entry.frame().changes().size()) {
      throw new IllegalArgumentException("not one position for each change");
    }
    writer.array(placed ? 3 : 2).uint(EntryKind.FRAME);
    frames.write(writer, entry.frame());
    if (placed) {
      writer.array(positions.size()).uint(positions.get(0));
      for (int i = 1; i < positions.size(); i++) {
        long step = positions.get(i) - positions.get(i - 1);
        if (step < 1) {
          throw new IllegalArgumentException("positions do not ascend");
        }
        writer.uint(step);
      }
    }
  }

  private static void writeRefusal(CborWriter writer, Entry.Refusal entry) {
    writer.array(entry.detail().isPresent() ? 4 : 3);
    writer.uint(EntryKind.REFUSAL).uint(entry.entry()).text(entry.code());
    if (entry.detail().isPresent()) {
      writer.text(entry.detail().get());
    }
  }

  private static void writeHashes(CborWriter writer, List<Digest> hashes) {
    writer.array(hashes.size());
    for (Digest hash : hashes) {
      writer.bytes(hash.bytes());
    }
  }

  private static void checkSize(List<?> hashes, int least, int most) {
    if (hashes.size() < least || hashes.size() > most) {
      throw new IllegalArgumentException("entry of " + hashes.size() + " hashes");
    }
  }
}
