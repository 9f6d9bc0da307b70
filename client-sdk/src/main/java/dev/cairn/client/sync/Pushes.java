package dev.cairn.client.sync;

import dev.cairn.client.held.Holdings;
import dev.cairn.protocol.CairnException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one sync pushes, in as many goes as it takes. */
final class Pushes {

  private static final String GAP = "statement.gap";
  private static final String NO_EPOCH = "epoch.unknown";

  /** Begins a push. */
  interface Begin {
    Push push() throws CairnException;
  }

  private final Holdings holdings;
  private final Begin begin;
  private long received;
  private long receiptCount;
  private @Nullable Push last;

  Pushes(Holdings holdings, Begin begin) {
    this.holdings = holdings;
    this.begin = begin;
  }

  /**
   * Pushes what waits, and before it what that builds on and the log is not known to have: nobody
   * else may ever bring it. Who is not let in yet, and whoever has sealed something to it, learns
   * from the server that it lacks that. What of it the server does not take is not this device's to
   * push.
   */
  void run() throws CairnException {
    boolean brings = LogRenewal.admitted(holdings) && BuiltOn.sendHeads(holdings);
    once();
    if ((isGap(refused()) || isFirst(NO_EPOCH, refused())) && BuiltOn.send(holdings)) {
      brings = true;
      once();
    }
    while (brings
        && !refused().isEmpty()
        && LogRenewal.admitted(holdings)
        && NewGeneration.dropFirst(holdings)) {
      once();
    }
  }

  private void once() throws CairnException {
    Push push = begin.push();
    push.run();
    received += push.received();
    receiptCount += push.receiptCount();
    last = push;
  }

  /** Whether a statement was refused first of all because the log lacks what it builds on. */
  static boolean isGap(Set<String> refused) {
    return isFirst(GAP, refused);
  }

  private static boolean isFirst(String code, Set<String> refused) {
    return refused.stream().findFirst().filter(code::equals).isPresent();
  }

  /** Codes of what the last go was refused, the first one first. */
  Set<String> refused() {
    Push push = last;
    return push == null ? Set.of() : push.refused();
  }

  /** Whether the last go sent something and all of it has a receipt. */
  boolean hasOnlyReceipts() {
    Push push = last;
    return push != null && push.hasOnlyReceipts();
  }

  /** Changes that the log newly proves to hold. */
  long received() {
    return received;
  }

  /** Receipts that were verified. */
  long receiptCount() {
    return receiptCount;
  }
}
