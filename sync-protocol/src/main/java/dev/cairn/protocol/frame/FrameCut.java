package dev.cairn.protocol.frame;

import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Signature;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.limits.Limits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds where a frame may end: what a signature covers must stay with it. Used once. */
final class FrameCut {

  /** Key and head of the byte string, in bytes. */
  private static final int SIGNATURE_OVERHEAD_BYTES = 3;

  private final FrameMemory memory;
  private int sizeBytes;
  private long contentBytes;

  /** The last change of each audience so far, which needs a signature unless it gets covered. */
  private final Map<Audience, Change> open = new HashMap<>();

  private int signatures;
  private int signaturesMissing;

  FrameCut(FrameMemory memory, boolean namesDevice) {
    this.memory = memory;
    this.sizeBytes = namesDevice ? 2 + DeviceId.SIZE_BYTES + 2 : 3;
  }

  /** See {@link FrameWriter#fitting}. */
  int count(List<Change> changes, int sizeBytesMax) {
    DeviceId device = changes.get(0).prefix().device();
    int count = 0;
    for (int i = 0; i < Math.min(changes.size(), Limits.FRAME_ITEMS_MAX); i++) {
      Change change = changes.get(i);
      if (!change.prefix().device().equals(device)) {
        break;
      }
      add(change);
      boolean fits = fits(sizeBytesMax);
      if (!fits && count > 0) {
        break;
      }
      if (signaturesMissing == 0) {
        count = i + 1;
        if (!fits) {
          break;
        }
      }
    }
    if (count == 0) {
      throw new IllegalArgumentException("no signature covers the first changes");
    }
    return count;
  }

  private boolean fits(int sizeBytesMax) {
    int signatureBytes = signatures * (Signature.SIZE_BYTES + SIGNATURE_OVERHEAD_BYTES);
    return sizeBytes + signatureBytes <= sizeBytesMax && contentBytes <= Limits.FRAME_BYTES_MAX;
  }

  private void add(Change change) {
    Change unsigned = change.withoutSignature();
    CborWriter writer = new CborWriter();
    FrameItem.write(writer, unsigned, Elision.keys(unsigned, memory));
    sizeBytes += writer.toBytes().length;
    contentBytes += change.sizeBytes();
    memory.add(change);
    need(change, 1);
    Change before = open.put(change.prefix().audience(), change);
    if (before != null && Coverage.covers(change, before)) {
      need(before, -1);
    }
  }

  private void need(Change change, int more) {
    signatures += more;
    if (!change.signature().isPresent()) {
      signaturesMissing += more;
    }
  }
}
