package dev.cairn.client.sync;

import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.OwnChanges;
import dev.cairn.client.held.Progress;
import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.limits.Limits;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks how much of this device's feed the server has, after a push whose end nobody heard of, so
 * that it is not sent again. The answer is in receipts: what they prove is received and skipped,
 * and the server's word alone moves nothing. A false answer costs what the old push had sent.
 */
final class FeedQuestion {

  private final Holdings holdings;
  private final ServerLink link;
  private final LogTrust trust;
  private final OwnReceipts receipts;
  private final PushTally tally;

  FeedQuestion(
      Holdings holdings, ServerLink link, LogTrust trust, OwnReceipts receipts, PushTally tally) {
    this.holdings = holdings;
    this.link = link;
    this.trust = trust;
    this.receipts = receipts;
    this.tally = tally;
  }

  /**
   * Asks. It is not asked again until something was sent.
   *
   * @return whether the server had anything more than receipts told
   */
  boolean ask() throws CairnException {
    long before = tally.received();
    List<Change> waiting = waiting(1);
    while (!waiting.isEmpty()) {
      boolean toldAll = ask(waiting.get(0)) < Limits.FEED_RECEIPTS_MAX;
      waiting = toldAll ? new ArrayList<>() : waiting(1);
    }
    holdings.store().change(rows -> Progress.read(rows).asked().write(rows));
    return tally.received() > before;
  }

  /** The first changes without a receipt. */
  private List<Change> waiting(int count) throws CairnException {
    return holdings
        .store()
        .read(rows -> OwnChanges.from(rows, 1 + Progress.read(rows).receivedThrough(), count));
  }

  /** Asks from a change on, and returns how many changes are received by it. */
  private long ask(Change first) throws CairnException {
    long before = tally.received();
    Request request = Request.of("GET", trust.target("receipts", "from=" + first.id()));
    try (Exchange exchange = link.accepted(request)) {
      Answers answers = new Answers(holdings.identity().space());
      Answers.Answer answer = answers.next(exchange);
      while (answer instanceof Answers.Answer.Proof proof && taken(proof)) {
        answer = answers.next(exchange);
      }
    }
    return tally.received() - before;
  }

  /** Takes a receipt for the next changes; false if it is not one for them. */
  private boolean taken(Answers.Answer.Proof proof) throws CairnException {
    int count = Math.toIntExact(proof.receipt().proof().count());
    List<OwnReceipts.Sent> leaves = new ArrayList<>();
    waiting(count).forEach(change -> leaves.add(OwnReceipts.Sent.of(change)));
    boolean received =
        leaves.size() == count
            && receipts.takeIfProven(proof.receipt(), leaves, proof.consistency())
                == OwnReceipts.Outcome.RECEIVED;
    if (received) {
      tally.receipt(leaves);
    }
    return received;
  }
}
