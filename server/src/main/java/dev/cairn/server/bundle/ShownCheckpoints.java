package dev.cairn.server.bundle;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryReader;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.log.Checkpoint;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.log.SignedCheckpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The checkpoints a parcel shows: what its author has seen of the log, for which the answer has to
 * account. Their signatures are not looked at: a proof from a size that was never signed tells
 * nobody anything.
 */
final class ShownCheckpoints {

  private static final int LOG_STATE = 5;
  private static final int ITEMS_MAX = 4;
  private static final SpaceId ANY = SpaceId.of(new byte[SpaceId.SIZE_BYTES]);

  private final LogOrigin origin;
  private final NavigableSet<Long> sizes = new TreeSet<>();

  ShownCheckpoints(LogOrigin origin) {
    this.origin = origin;
  }

  /** Takes what is shown out of a stream, and gives the entries that are to be judged. */
  List<byte[]> strip(List<byte[]> entries) {
    List<byte[]> judged = new ArrayList<>(entries.size());
    for (byte[] entry : entries) {
      if (!isShown(entry)) {
        judged.add(entry);
      }
    }
    return judged;
  }

  private boolean isShown(byte[] encoded) {
    try {
      CborReader reader = CborReader.of(encoded);
      if (reader.arrayHeader() != ITEMS_MAX || reader.uint() != LOG_STATE) {
        return false;
      }
      Entry.LogState state = (Entry.LogState) new EntryReader(ANY).read(encoded);
      Checkpoint claimed = SignedCheckpoint.claimed(state.checkpoint().bytes());
      if (sizes.size() < Limits.SHOWN_CHECKPOINTS_MAX && claimed.origin().equals(origin)) {
        sizes.add(claimed.size());
      }
      return true;
    } catch (MalformedException e) {
      return false;
    }
  }

  /** Sizes of the trees shown, ascending, none larger than this. */
  NavigableSet<Long> sizes(long sizeMax) {
    return new TreeSet<>(sizes.headSet(sizeMax, true));
  }
}
