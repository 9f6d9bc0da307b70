package dev.cairn.client.sync;

import dev.cairn.client.held.BuiltOn;
import dev.cairn.client.held.Holdings;
import dev.cairn.protocol.CairnException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one sync pushes, in as many goes as it takes. */
final class Pushes {

  private static final String GAP = "statement.gap";
  private static final String NO_EPOCH = "epoch.unknown";

  /** Begins a push; alone: nobody has more of what its statements name as seen. */
  interface Begin {
    Push push(boolean alone) throws CairnException;
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
   * Pushes what waits. Where the log lacks what that builds on, that goes first: nobody else may
   * ever bring it. What this device has not got of that either perhaps nobody has: then it goes
   * without. What of others' the server does not take is not this device's to push.
   */
  void run() throws CairnException {
    once(false);
    if ((isGap(refused()) || isFirst(NO_EPOCH, refused())) && BuiltOn.send(holdings)) {
      once(false);
    }
    if (isGap(refused()) && LogRenewal.admitted(holdings)) {
      once(true);
    }
    while (dropsRefused()) {
      once(true);
    }
  }

  /** Whether something was refused for good that is another's to push. */
  private boolean dropsRefused() throws CairnException {
    Push push = last;
    return push != null
        && push.isRefusedForGood()
        && LogRenewal.admitted(holdings)
        && NewGeneration.dropFirst(holdings);
  }

  private void once(boolean alone) throws CairnException {
    Push push = begin.push(alone);
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
