package dev.cairn.protocol.frame;

import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.limits.Limits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the frames of one stream, leaving out what the stream's reader can rebuild. Any selection
 * of a feed's changes can be written, so a server frames for each reader what he may fetch.
 *
 * <p>Signatures are written where they are needed, on the last change of each audience of a frame,
 * and nowhere else. Not safe for use by several threads at once.
 */
public final class FrameWriter {

  private @Nullable DeviceId device;
  private FrameMemory memory = new FrameMemory();

  /** Begins a stream. */
  public FrameWriter() {}

  /** Makes the next frame name its device, so that it can be read without those before it. */
  public void restart() {
    device = null;
  }

  /**
   * How many of the first changes make the next frame: as many as fit, but never so that a change
   * would be cut from the signature that covers it.
   *
   * @param changes in the order of their feed, the first at least
   * @param sizeBytesMax the written size to keep to, such as {@link Limits#SLOW_FRAME_BYTES_MAX};
   *     exceeded only where the shortest run is longer
   * @return the count, at least 1; all of the same device
   * @throws IllegalArgumentException if the last change of an audience among the first {@link
   *     Limits#FRAME_ITEMS_MAX} has no signature that would cover it
   */
  public int fitting(List<Change> changes, int sizeBytesMax) {
    boolean names = names(changes.subList(0, Math.min(changes.size(), Limits.FRAME_ITEMS_MAX)));
    FrameMemory from = names ? new FrameMemory() : memory.copy();
    return new FrameCut(from, names).count(changes, sizeBytesMax);
  }

  /**
   * Writes a frame.
   *
   * @throws IllegalArgumentException if a change that no other covers has no signature; the stream
   *     can go on without the frame
   */
  public byte[] write(Frame frame) {
    CborWriter writer = new CborWriter();
    write(writer, frame);
    return writer.toBytes();
  }

  void write(CborWriter writer, Frame frame) {
    List<Change> changes = withNeededSignatures(frame.changes());
    boolean names = names(changes);
    writer.array(2);
    if (names) {
      memory = new FrameMemory();
      device = frame.device();
      writer.bytes(frame.device().bytes());
    } else {
      writer.nul();
    }
    writer.array(changes.size());
    for (Change change : changes) {
      FrameItem.write(writer, change, Elision.keys(change, memory));
      memory.add(change);
    }
  }

  private static List<Change> withNeededSignatures(List<Change> changes) {
    boolean[] needed = Coverage.signaturesNeeded(changes);
    List<Change> kept = new ArrayList<>(changes.size());
    for (int i = 0; i < needed.length; i++) {
      Change change = changes.get(i);
      if (needed[i] && !change.signature().isPresent()) {
        throw new IllegalArgumentException("a change that no other covers has no signature");
      }
      kept.add(needed[i] ? change : change.withoutSignature());
    }
    return kept;
  }

  /** Whether a frame must name its device: it is another, or the memory would grow too large. */
  private boolean names(List<Change> changes) {
    if (!changes.get(0).prefix().device().equals(device)) {
      return true;
    }
    Set<Audience> unknown = new HashSet<>();
    for (Change change : changes) {
      if (!memory.knows(change.prefix().audience())) {
        unknown.add(change.prefix().audience());
      }
    }
    return memory.audiences() + unknown.size() > Limits.FRAME_MEMORY_AUDIENCES_MAX;
  }
}
