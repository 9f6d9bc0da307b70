package dev.cairn.client.sync;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What came of a push so far; tells the listener. */
final class PushTally {

  private final SyncListener listener;
  private final long total;
  private final Set<String> refused = new LinkedHashSet<>();
  private boolean notNow;
  private boolean awaits;
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

  /**
   * Notes a refusal. After one that only says "not now" the others say no more: what follows the
   * refused entry is refused for following it, and nothing is wrong with it.
   */
  void refusal(String code) {
    if (!notNow) {
      refused.add(code);
      notNow = passes(code);
    }
  }

  /** Notes that something is kept at the server until an erasure comes that explains it. */
  void awaiting() {
    awaits = true;
  }

  /** Whether something is. */
  boolean awaits() {
    return awaits;
  }

  /** Whether the server said that it cannot take anything now. */
  boolean notNow() {
    return notNow;
  }

  /** Whether a refusal is of the moment, and not of what was refused. */
  static boolean passes(String code) {
    return code.startsWith("store.") || code.startsWith("server.");
  }

  /** Changes that the log newly proves to hold. */
  long received() {
    return received;
  }

  /** Receipts that were verified. */
  long receiptCount() {
    return receiptCount;
  }

  /** Codes of what was refused, the first first. */
  Set<String> refused() {
    return refused;
  }
}
