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
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.LogHead;
import dev.cairn.server.ledger.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The checkpoints for which an answer has to account: those a parcel shows, and those with which
 * earlier parcels of the same author were answered, for answers cross on their way. Signatures are
 * not looked at: a proof from a size that was never signed tells nobody anything.
 */
final class ShownCheckpoints {

  private static final int LOG_STATE = 5;
  private static final int ITEMS_MAX = 4;
  private static final SpaceId ANY = SpaceId.of(new byte[SpaceId.SIZE_BYTES]);

  private final LogOrigin origin;
  private final SortedSet<Long> sizes = new TreeSet<>();
  private final List<Long> answered;

  ShownCheckpoints(LogOrigin origin) {
    this(origin, List.of());
  }

  private ShownCheckpoints(LogOrigin origin, List<Long> answered) {
    this.origin = origin;
    this.answered = answered;
  }

  /** The same, and the checkpoints that first held these leaves. */
  ShownCheckpoints and(List<Long> leaves) {
    ShownCheckpoints more = new ShownCheckpoints(origin, List.copyOf(leaves));
    more.sizes.addAll(sizes);
    return more;
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

  /** Sizes of the trees, ascending, none larger than the log. */
  SortedSet<Long> sizes(LedgerView view, SpaceId space, LogHead head) throws StoreException {
    SortedSet<Long> known = new TreeSet<>(sizes.headSet(head.size() + 1));
    for (long leaf : answered) {
      if (known.size() < 2 * Limits.SHOWN_CHECKPOINTS_MAX) {
        view.checkpointAfter(space, head.generation(), leaf).ifPresent(known::add);
      }
    }
    known.remove(0L);
    return known;
  }
}
