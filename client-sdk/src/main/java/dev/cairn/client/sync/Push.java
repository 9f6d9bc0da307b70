package dev.cairn.client.sync;

import dev.cairn.client.attachment.Refusals;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.Progress;
import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.http.HttpNames;
import java.util.List;
import java.util.Set;

/**
 * Pushes statements that wait and every change without a receipt, and takes the receipts as they
 * come.
 *
 * <p><b>Guarantee.</b> Before the first entry it is durably noted that a push began. Whoever finds
 * that note asks the server first what it has ({@link FeedQuestion}), so a cut costs the frame that
 * was on its way and nothing that had arrived.
 */
final class Push {

  private static final int UNAUTHORIZED = 401;

  private final Holdings holdings;
  private final ServerLink link;
  private final LogTrust trust;
  private final OwnReceipts receipts;
  private final PushTally tally;
  private final boolean alone;
  private Progress.Doubt doubt = Progress.Doubt.ASK;
  private boolean begun;

  private Push(
      Holdings holdings,
      ServerLink link,
      LogTrust trust,
      OwnReceipts receipts,
      PushTally tally,
      boolean alone) {
    this.holdings = holdings;
    this.link = link;
    this.trust = trust;
    this.receipts = receipts;
    this.tally = tally;
    this.alone = alone;
  }

  /**
   * Begins one.
   *
   * @param alone whether its statements go without what they name as seen, which nobody may have
   */
  static Push of(
      Holdings holdings,
      ServerLink link,
      LogTrust trust,
      OwnReceipts receipts,
      SyncListener listener,
      boolean alone)
      throws CairnException {
    long total =
        holdings
            .store()
            .read(rows -> OwnChangesCount.of(rows) - Progress.read(rows).receivedThrough());
    return new Push(holdings, link, trust, receipts, new PushTally(listener, total), alone);
  }

  /** Changes that the log newly proves to hold. */
  long received() {
    return tally.received();
  }

  /** Receipts that were verified. */
  long receiptCount() {
    return tally.receiptCount();
  }

  /** Codes of what was refused. */
  Set<String> refused() {
    return tally.refused();
  }

  /** Whether something was, and not only for the moment. */
  boolean isRefusedForGood() {
    return !tally.refused().isEmpty() && !tally.notNow();
  }

  /** Whether the server could take nothing at the moment. */
  boolean isRefusedForNow() {
    return tally.notNow();
  }

  /** Whether something was sent and all of it has a receipt. */
  boolean hasOnlyReceipts() {
    return receiptCount() > 0 && refused().isEmpty();
  }

  /** Pushes statements alone: what changes lean on, when the log has to be told of it first. */
  void statements() throws CairnException {
    PushQueue queue = PushQueue.ofStatements(holdings);
    Pace pace = Pace.of(true);
    doubt = Progress.Doubt.ASK;
    while (!queue.isEmpty() && refused().isEmpty()) {
      request(new PushStream(holdings, receipts, queue, pace, tally));
    }
  }

  /** Pushes until everything is answered. */
  void run() throws CairnException {
    Progress progress = holdings.store().read(Progress::read);
    boolean asks = progress.doubt() == Progress.Doubt.ASK;
    boolean inVain = asks && !new FeedQuestion(holdings, link, trust, receipts, tally).ask();
    PushQueue queue = PushQueue.of(holdings);
    if (queue.isEmpty()) {
      return;
    }
    doubt = inVain ? Progress.Doubt.SEND : Progress.Doubt.ASK;
    Pace pace = Pace.of(progress.careful() || inVain);
    while (!queue.isEmpty() && refused().isEmpty()) {
      request(new PushStream(holdings, receipts, queue, pace, tally));
    }
    if (tally.awaits()) {
      askForAwaited();
    }
    holdings.store().change(rows -> Progress.read(rows).pushed().write(rows));
  }

  /**
   * A log that lost what was erased is handed the change without its body, and the erasure after
   * it; the server takes them together, so only the last of them makes the first received.
   */
  private void askForAwaited() throws CairnException {
    new FeedQuestion(holdings, link, trust, receipts, tally).ask();
    if (!PushQueue.of(holdings).isEmpty()) {
      tally.refusal(PushStream.AWAITED);
    }
  }

  /** Notes that something is being sent. Not before it is: a link may die of the request's head. */
  private void begin() throws CairnException {
    if (!begun) {
      holdings.store().change(rows -> Progress.read(rows).pushing(doubt).write(rows));
      begun = true;
    }
  }

  /** One request: all of it where the answer comes while sending, else one window. */
  private void request(PushStream stream) throws CairnException {
    Request request =
        Request.of("POST", trust.target("push", alone ? HttpNames.ALONE + "=1" : ""))
            .streamed(HttpNames.STREAM);
    List<byte[]> entries;
    try (Exchange exchange = link.stream(request)) {
      if (exchange.duplex()) {
        refuseUnless2xx(exchange);
        begin();
        stream.run(exchange);
        return;
      }
      entries = stream.window();
      begin();
      send(exchange, entries);
      if (exchange.status() != UNAUTHORIZED || !link.renewed(exchange)) {
        answered(exchange, stream);
        return;
      }
    }
    try (Exchange again = link.stream(request)) {
      send(again, entries);
      answered(again, stream);
    }
  }

  private static void send(Exchange exchange, List<byte[]> entries) throws CairnException {
    for (byte[] entry : entries) {
      exchange.send(entry);
    }
    exchange.finish();
  }

  private void answered(Exchange exchange, PushStream stream) throws CairnException {
    refuseUnless2xx(exchange);
    link.renewed(exchange);
    stream.drain(exchange);
  }

  private static void refuseUnless2xx(Exchange exchange) throws CairnException {
    int status = exchange.status();
    if (status < 200 || status >= 300) {
      throw Refusals.of(exchange);
    }
  }
}
