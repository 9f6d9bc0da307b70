package dev.cairn.client.sync;

import dev.cairn.client.attachment.Refusals;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.OwnChanges;
import dev.cairn.client.held.Progress;
import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryReader;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.log.Receipt;
import dev.cairn.protocol.roster.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * Pushes statements that wait and every change without a receipt, and takes the receipts as they
 * come. Only a window of it is ever unanswered; after a cut link it begins with one small frame and
 * grows, so that a link which carries one frame before it dies has moved forward.
 */
final class Push {

  private static final int UNAUTHORIZED = 401;
  private static final int CHANGES_READ = 256;
  private static final int WINDOW_BYTES_MAX = 256 * 1024;
  private static final int SMALL_WINDOW_BYTES = Limits.SLOW_FRAME_BYTES_MAX;

  private final Holdings holdings;
  private final ServerLink link;
  private final LogTrust trust;
  private final OwnReceipts receipts;
  private final SyncListener listener;
  private final Set<String> refused = new TreeSet<>();
  private final Deque<Statement> statements = new ArrayDeque<>();
  private final Deque<Change> changes = new ArrayDeque<>();
  private long nextSequence;
  private long received;
  private long receiptCount;
  private long total;
  private int windowBytes;
  private int frameBytes;

  Push(
      Holdings holdings,
      ServerLink link,
      LogTrust trust,
      OwnReceipts receipts,
      SyncListener listener) {
    this.holdings = holdings;
    this.link = link;
    this.trust = trust;
    this.receipts = receipts;
    this.listener = listener;
  }

  /** An entry that was sent and not answered yet. */
  private record Waiting(int bytes, List<OwnReceipts.Sent> leaves) {}

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

  /** Pushes until everything is answered. */
  void run() throws CairnException {
    statements.addAll(holdings.book().outbox());
    Progress progress = holdings.store().read(Progress::read);
    nextSequence = 1 + progress.receivedThrough();
    boolean careful = progress.uncertain();
    windowBytes = careful ? SMALL_WINDOW_BYTES : WINDOW_BYTES_MAX;
    frameBytes = careful ? Limits.SLOW_FRAME_BYTES_MAX : Limits.FRAME_BYTES_MAX;
    refill();
    total = holdings.store().read(OwnChangesCount::of) - progress.receivedThrough();
    if (statements.isEmpty() && changes.isEmpty()) {
      return;
    }
    holdings.store().change(rows -> Progress.read(rows).uncertain(true).write(rows));
    while (hasMore() && refused.isEmpty()) {
      stream();
    }
    holdings.store().change(rows -> Progress.read(rows).uncertain(false).write(rows));
  }

  private boolean hasMore() {
    return !statements.isEmpty() || !changes.isEmpty();
  }

  private void refill() throws CairnException {
    if (changes.size() < Limits.FRAME_ITEMS_MAX) {
      List<Change> more =
          holdings.store().read(rows -> OwnChanges.from(rows, nextSequence, CHANGES_READ));
      changes.addAll(more);
      if (!more.isEmpty()) {
        nextSequence = 1 + more.get(more.size() - 1).prefix().sequence();
      }
    }
  }

  /** One request: all of it where the answer comes while sending, else one window. */
  private void stream() throws CairnException {
    String seen =
        holdings.log().checkpoint().isPresent()
            ? "?seen=" + trust.generation() + "." + holdings.log().size()
            : "";
    Request request =
        Request.of("POST", "/v1/spaces/" + holdings.identity().space() + "/push" + seen)
            .streamed(HttpNames.STREAM);
    try (Exchange exchange = link.stream(request)) {
      if (exchange.duplex()) {
        refuseUnless2xx(exchange);
        new Stream(exchange).duplex();
      } else {
        new Stream(exchange).window(request);
      }
    }
  }

  private static void refuseUnless2xx(Exchange exchange) throws CairnException {
    int status = exchange.status();
    if (status < 200 || status >= 300) {
      throw Refusals.of(exchange);
    }
  }

  /** One request's stream of entries and its answers. */
  private final class Stream {
    private Exchange exchange;
    private final EntryWriter writer = new EntryWriter();
    private final EntryReader reader = new EntryReader(holdings.identity().space());
    private final ByteStringStream answers = ByteStringStream.ofEntries();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long firstWaiting;
    private int waitingBytes;
    private Optional<Receipt> pending = Optional.empty();

    Stream(Exchange exchange) {
      this.exchange = exchange;
    }

    void duplex() throws CairnException {
      while ((hasMore() && refused.isEmpty()) || !waiting.isEmpty()) {
        if (hasMore() && refused.isEmpty() && waitingBytes < windowBytes) {
          exchange.send(next());
        } else if (!answered()) {
          break;
        }
      }
      exchange.finish();
      drain();
    }

    void window(Request request) throws CairnException {
      List<byte[]> entries = new ArrayList<>();
      while (hasMore() && waitingBytes < windowBytes) {
        entries.add(next());
      }
      send(entries);
      if (exchange.status() == UNAUTHORIZED && link.renewed(exchange)) {
        exchange.close();
        exchange = link.stream(request);
        send(entries);
      }
      try (Exchange open = exchange) {
        refuseUnless2xx(open);
        link.renewed(open);
        drain();
      }
    }

    private void send(List<byte[]> entries) throws CairnException {
      for (byte[] entry : entries) {
        exchange.send(entry);
      }
      exchange.finish();
    }

    private byte[] next() throws CairnException {
      if (!statements.isEmpty()) {
        Statement statement = statements.remove();
        byte[] entry =
            writer.write(new Entry.Statement(Encoded.of(statement.encode()), OptionalLong.empty()));
        sent(entry, List.of(OwnReceipts.Sent.of(statement)));
        return entry;
      }
      List<Change> ahead = new ArrayList<>(changes);
      int count = writer.fitting(ahead, frameBytes);
      List<Change> run = ahead.subList(0, count);
      byte[] entry = writer.write(new Entry.OfFrame(Frame.of(run), List.of()));
      List<OwnReceipts.Sent> leaves = new ArrayList<>();
      for (Change change : run) {
        leaves.add(OwnReceipts.Sent.of(change));
        changes.remove();
      }
      sent(entry, leaves);
      refill();
      return entry;
    }

    private void sent(byte[] entry, List<OwnReceipts.Sent> leaves) {
      waiting.add(new Waiting(entry.length, leaves));
      waitingBytes += entry.length;
    }

    private void drain() throws CairnException {
      while (answered()) {
        // Each call takes what came.
      }
      if (!waiting.isEmpty() && refused.isEmpty()) {
        throw new MalformedException("the server's answer to a push is not whole");
      }
    }

    /** Takes the next piece of the answer; false at its end. */
    private boolean answered() throws CairnException {
      byte[] piece = exchange.receive();
      if (piece == null) {
        return false;
      }
      answers.feed(piece);
      Optional<byte[]> next = answers.next();
      while (next.isPresent()) {
        take(reader.read(next.get()));
        next = answers.next();
      }
      return true;
    }

    private void take(Entry entry) throws CairnException {
      if (entry instanceof Entry.OfReceipt receipt) {
        pending = Optional.of(Receipt.decode(receipt.receipt().bytes()));
      } else if (entry instanceof Entry.LogState state && pending.isPresent()) {
        Receipt receipt = pending.get();
        pending = Optional.empty();
        List<OwnReceipts.Sent> proven = proven(receipt.proof().count());
        receipts.take(receipt, proven, state.checkpoint().bytes(), state.consistency());
        receiptCount++;
        windowBytes = Math.min(WINDOW_BYTES_MAX, 2 * windowBytes);
        long fresh = proven.stream().filter(leaf -> leaf.sequence() > 0).count();
        received += fresh;
        if (fresh > 0) {
          listener.onReceived(received, total);
        }
      } else if (entry instanceof Entry.Refusal refusal) {
        refusedEntry(refusal);
      }
    }

    /** The next leaves that wait for an answer, in the order in which they were sent. */
    private List<OwnReceipts.Sent> proven(long count) throws CairnException {
      List<OwnReceipts.Sent> proven = new ArrayList<>();
      while (proven.size() < count && !waiting.isEmpty()) {
        Waiting first = waiting.element();
        int room = (int) Math.min(count - proven.size(), first.leaves().size());
        proven.addAll(first.leaves().subList(0, room));
        remove(first);
        if (room < first.leaves().size()) {
          waiting.addFirst(
              new Waiting(first.bytes(), first.leaves().subList(room, first.leaves().size())));
          waitingBytes += first.bytes();
          firstWaiting--;
        }
      }
      if (proven.size() != count) {
        throw new MalformedException("the server's receipt is for more than was sent");
      }
      return proven;
    }

    private void remove(Waiting first) {
      waiting.remove();
      waitingBytes -= first.bytes();
      firstWaiting++;
    }

    /** Whether the server only cannot take it now. */
    private boolean passes(String code) {
      return code.startsWith("store.") || code.startsWith("server.");
    }

    private void refusedEntry(Entry.Refusal refusal) throws CairnException {
      if (waiting.isEmpty() || refusal.entry() != firstWaiting) {
        throw new MalformedException("the server refuses what was not sent");
      }
      List<OwnReceipts.Sent> leaves = waiting.element().leaves();
      remove(waiting.element());
      refused.add(refusal.code());
      long from = leaves.get(0).sequence();
      long to = leaves.get(leaves.size() - 1).sequence();
      if (from > 0 && !passes(refusal.code())) {
        holdings
            .store()
            .change(
                rows -> {
                  Progress progress = Progress.read(rows);
                  // What follows the refused change is refused for following it; the first counts.
                  boolean first =
                      progress.refusal().map(before -> before.from() >= from).orElse(true);
                  if (first) {
                    progress.refused(new Progress.Refusal(from, to, refusal.code())).write(rows);
                  }
                });
      }
    }
  }
}
