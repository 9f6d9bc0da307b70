package dev.cairn.protocol.frame;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.limits.Limits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of one stream and rebuilds every payload exactly. Nothing it returns is
 * authenticated yet.
 *
 * <p>After a frame that is refused, frames that do not name their device are refused as well, until
 * one does. Not safe for use by several threads at once.
 */
public final class FrameReader {

  private final SpaceId space;
  private @Nullable DeviceId device;
  private FrameMemory memory = new FrameMemory();

  /**
   * Begins a stream.
   *
   * @param space the space the stream belongs to, known from where it came; frames do not name it
   */
  public FrameReader(SpaceId space) {
    this.space = space;
  }

  /**
   * Reads a frame.
   *
   * @throws MalformedException if it is not what {@link FrameWriter} writes after the frames before
   */
  public Frame read(byte[] encoded) throws MalformedException {
    CborReader reader = CborReader.of(encoded);
    Frame frame = read(reader);
    reader.end();
    return frame;
  }

  Frame read(CborReader reader) throws MalformedException {
    DeviceId of = device;
    device = null;
    reader.arrayOf(2);
    if (!reader.nextIsNull()) {
      of = DeviceId.of(reader.bytesExactly(DeviceId.SIZE_BYTES));
      memory = new FrameMemory();
    } else {
      reader.nul();
    }
    if (of == null) {
      throw new MalformedException("frame names no device and continues none");
    }
    List<Change> changes = changes(reader, of);
    if (Frame.sizeBytes(changes) > Limits.FRAME_BYTES_MAX) {
      throw new MalformedException("frame longer than " + Limits.FRAME_BYTES_MAX + " bytes");
    }
    Frame frame = new Frame(of, changes);
    device = of;
    return frame;
  }

  private List<Change> changes(CborReader reader, DeviceId of) throws MalformedException {
    int count = reader.arrayHeader(Limits.FRAME_ITEMS_MAX);
    if (count == 0) {
      throw new MalformedException("frame without items");
    }
    List<Change> changes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Change change = Rebuilding.change(FrameItem.read(reader), space, of, memory);
      memory.add(change);
      if (memory.audiences() > Limits.FRAME_MEMORY_AUDIENCES_MAX) {
        throw new MalformedException("frames of one device name too many audiences");
      }
      changes.add(change);
    }
    return changes;
  }
}
