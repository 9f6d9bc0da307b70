package dev.cairn.client.sync;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What came of a push so far; tells the listener. */
final class PushTally {

  private final SyncListener listener;
  private final long total;
  private final Set<String> refused = new TreeSet<>();
  private long received;
  private long receiptCount;

  /**
   * Begins at nothing.
   *
   * @param total changes that had no receipt when it began
   */
  PushTally(SyncListener listener, long total) {
    this.listener = listener;
    this.total = total;
  }

  /** Counts a receipt for leaves that are received now. */
  void receipt(List<OwnReceipts.Sent> leaves) {
    receiptCount++;
    long fresh = leaves.stream().filter(leaf -> leaf.sequence() > 0).count();
    received += fresh;
    if (fresh > 0) {
      listener.onReceived(received, total);
    }
  }

  /** Notes a refusal. */
  void refusal(String code) {
    refused.add(code);
  }

  /** Changes that the log newly proves to hold. */
  long received() {
    return received;
  }

  /** Receipts that were verified. */
  long receiptCount() {
    return receiptCount;
  }

  /** Codes of what was refused. */
  Set<String> refused() {
    return refused;
  }
}
