package dev.cairn.client.sync;

import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.Progress;
import dev.cairn.client.held.UnknownHeads;
import dev.cairn.client.transport.Exchange;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.FeedFault;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;

/** One request's stream of entries, and its answers, which come in the order of the entries. */
final class PushStream {

  /** After a cut one can ask what became of changes, not of statements: few of them are risked. */
  private static final int STATEMENT_BYTES_MAX = Limits.SLOW_FRAME_BYTES_MAX;

  /** The code of a change whose body is gone, or that follows one: it waits for the erasure. */
  static final String AWAITED = "change.body-awaited";

  private final Holdings holdings;
  private final OwnReceipts receipts;
  private final PushQueue queue;
  private final Pace pace;
  private final PushTally tally;
  private final EntryWriter writer = new EntryWriter();
  private final Answers answers;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private long firstWaiting;
  private int waitingBytes;
  private int waitingStatementBytes;

  PushStream(Holdings holdings, OwnReceipts receipts, PushQueue queue, Pace pace, PushTally tally) {
    this.holdings = holdings;
    this.receipts = receipts;
    this.queue = queue;
    this.pace = pace;
    this.tally = tally;
    this.answers = new Answers(holdings.identity().space());
  }

  /** An entry that was sent and not answered yet. */
  private record Waiting(int bytes, List<OwnReceipts.Sent> leaves) {
    boolean isStatement() {
      return leaves.get(0).sequence() == 0;
    }
  }

  /** Sends everything, and takes the answers meanwhile. */
  void run(Exchange exchange) throws CairnException {
    boolean open = true;
    while (open && (hasMore() || !waiting.isEmpty())) {
      if (hasRoom()) {
        exchange.send(next());
      } else {
        open = answered(exchange);
      }
    }
    exchange.finish();
    drain(exchange);
  }

  /** The entries that may be sent before anything is answered. */
  List<byte[]> window() throws CairnException {
    List<byte[]> entries = new ArrayList<>();
    while (hasRoom()) {
      entries.add(next());
    }
    return entries;
  }

  /** Takes the answers to everything sent. */
  void drain(Exchange exchange) throws CairnException {
    boolean open = true;
    while (open) {
      open = answered(exchange);
    }
    if (!waiting.isEmpty() && tally.refused().isEmpty()) {
      throw new MalformedException("the server's answer to a push is not whole");
    }
  }

  private boolean hasMore() {
    return !queue.isEmpty() && tally.refused().isEmpty();
  }

  private boolean hasRoom() {
    if (!hasMore() || waitingBytes >= pace.windowBytes()) {
      return false;
    }
    Statement statement = queue.statement();
    return statement == null
        || waitingStatementBytes == 0
        || waitingStatementBytes + statement.encode().length <= STATEMENT_BYTES_MAX;
  }

  private byte[] next() throws CairnException {
    if (queue.statement() != null) {
      Statement statement = queue.takeStatement();
      byte[] entry =
          writer.write(new Entry.Statement(Encoded.of(statement.encode()), OptionalLong.empty()));
      waits(new Waiting(entry.length, List.of(OwnReceipts.Sent.of(statement))));
      return entry;
    }
    List<Change> run = queue.takeFrame(writer, pace.frameBytes());
    byte[] entry = writer.write(new Entry.OfFrame(Frame.of(run), List.of()));
    List<OwnReceipts.Sent> leaves = new ArrayList<>();
    run.forEach(change -> leaves.add(OwnReceipts.Sent.of(change)));
    waits(new Waiting(entry.length, leaves));
    return entry;
  }

  private void waits(Waiting entry) {
    waiting.add(entry);
    waitingBytes += entry.bytes();
    waitingStatementBytes += entry.isStatement() ? entry.bytes() : 0;
  }

  private Waiting answeredEntry() {
    Waiting first = waiting.remove();
    firstWaiting++;
    waitingBytes -= first.bytes();
    waitingStatementBytes -= first.isStatement() ? first.bytes() : 0;
    return first;
  }

  /** Takes the next answer; false at the end. */
  private boolean answered(Exchange exchange) throws CairnException {
    Answers.Answer answer = answers.next(exchange);
    if (answer instanceof Answers.Answer.Proof proof) {
      proven(proof);
    } else if (answer instanceof Answers.Answer.No no) {
      refused(no.refusal());
    }
    return answer != null;
  }

  private void proven(Answers.Answer.Proof proof) throws CairnException {
    List<OwnReceipts.Sent> leaves = leaves(proof.receipt().proof().count());
    OwnReceipts.Outcome outcome = receipts.take(proof.receipt(), leaves, proof.consistency());
    pace.quicken();
    if (outcome == OwnReceipts.Outcome.RECEIVED) {
      tally.receipt(leaves);
    }
  }

  /** The next leaves that wait for an answer, in the order in which they were sent. */
  private List<OwnReceipts.Sent> leaves(long count) throws CairnException {
    List<OwnReceipts.Sent> proven = new ArrayList<>();
    while (proven.size() < count && !waiting.isEmpty()) {
      Waiting first = waiting.element();
      int room = (int) Math.min(count - proven.size(), first.leaves().size());
      proven.addAll(first.leaves().subList(0, room));
      if (room == first.leaves().size()) {
        answeredEntry();
      } else {
        waiting.remove();
        waiting.addFirst(
            new Waiting(first.bytes(), first.leaves().subList(room, first.leaves().size())));
      }
    }
    if (proven.size() != count) {
      throw new MalformedException("the server's receipt is for more than was sent");
    }
    return proven;
  }

  private void refused(Entry.Refusal refusal) throws CairnException {
    if (waiting.isEmpty() || refusal.entry() != firstWaiting) {
      throw new MalformedException("the server refuses what was not sent");
    }
    if (NewGeneration.concerns(refusal.code())) {
      // It says nothing of this entry: the log is not what it was.
      throw new RefusedException(refusal.code(), "the server takes nothing as it is");
    }
    List<OwnReceipts.Sent> leaves = answeredEntry().leaves();
    if (refusal.code().equals(AWAITED)) {
      tally.awaiting();
      pace.quicken();
      return;
    }
    tally.refusal(refusal.code());
    long from = leaves.get(0).sequence();
    long to = leaves.get(leaves.size() - 1).sequence();
    if (refusal.code().equals(FeedFault.FORKS.code())) {
      holdings.store().change(UnknownHeads::suspect);
    }
    if (from > 0 && !tally.notNow()) {
      Progress.Refusal kept = new Progress.Refusal(from, to, refusal.code());
      holdings
          .store()
          .change(
              rows -> {
                Progress progress = Progress.read(rows);
                // What follows the refused change is refused for following it; the first counts.
                boolean first =
                    progress.refusal().map(before -> before.from() >= from).orElse(true);
                if (first) {
                  progress.refused(kept).write(rows);
                }
              });
    }
  }
}
