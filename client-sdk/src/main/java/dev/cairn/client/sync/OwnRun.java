package dev.cairn.client.sync;

import dev.cairn.client.held.LogLeaves;
import dev.cairn.client.held.LogSight;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.log.CompactTree;
import dev.cairn.protocol.log.Receipt;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.protocol.suite.Digest;
import java.util.ArrayList;
import java.util.List;

/**
 * What a receipt for own changes tells of the log besides. Where they stand exactly where this
 * device has read to, they need not be fetched to be known: they were read by being sent.
 */
final class OwnRun {

  private final List<LogLeaves.Leaf> leaves = new ArrayList<>();
  private final long first;
  private final LogSight sight;

  private OwnRun(LogSight sight, long first) {
    this.sight = sight;
    this.first = first;
  }

  /**
   * What is seen once a receipt was verified.
   *
   * @param before what was seen of the log until then
   * @param now the newest checkpoint, which is believed
   */
  static OwnRun of(
      LogSight before, SignedCheckpoint now, Receipt receipt, List<OwnReceipts.Sent> sent)
      throws CairnException {
    LogSight seen = before.checkpoint(now);
    long first = receipt.proof().first();
    boolean follows =
        first == before.next() && sent.stream().noneMatch(OwnReceipts.Sent::needsReading);
    if (!follows) {
      return new OwnRun(seen, first);
    }
    long next = first + sent.size();
    CompactTree tree = before.tree().orElse(null);
    if (tree == null) {
      return new OwnRun(seen.fetched(next, null), first);
    }
    if (tree.size() != first) {
      return new OwnRun(seen, first);
    }
    List<Digest> hashes = new ArrayList<>();
    sent.forEach(leaf -> hashes.add(leaf.hash()));
    CompactTree grown = tree.append(hashes).tree();
    LogSight read = seen.fetched(next, grown);
    if (next == now.checkpoint().size()) {
      if (!grown.root().equals(now.checkpoint().root())) {
        // Who told the leaves before is not known here: the pull that follows finds out.
        return new OwnRun(seen, first);
      }
      read = read.proved();
    }
    OwnRun run = new OwnRun(read, first);
    hashes.forEach(hash -> run.leaves.add(new LogLeaves.Leaf(hash, true)));
    return run;
  }

  /** What is seen of the log now. */
  LogSight sight() {
    return sight;
  }

  /** The position of {@link #leaves}. */
  long first() {
    return first;
  }

  /** The leaves by which the tree has grown. */
  List<LogLeaves.Leaf> leaves() {
    return leaves;
  }
}
