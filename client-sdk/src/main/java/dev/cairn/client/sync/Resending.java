package dev.cairn.client.sync;

import dev.cairn.client.attachment.Refusals;
import dev.cairn.client.held.CoveredRuns;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.LogSight;
import dev.cairn.client.held.OthersChanges;
import dev.cairn.client.store.SealedRows;
import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.http.HttpNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Hands to the log what others wrote, this device holds and the log lacks: all of it to one that
 * was opened anew, for their authors may never come back, else what was released. The server judges
 * it as any carrier's; the next pull shows what it took.
 */
final class Resending {

  private static final int REQUEST_BYTES_MAX = 1024 * 1024;

  private final Holdings holdings;
  private final ServerLink link;
  private final LogTrust trust;
  private final Predicate<List<Change>> isDue;
  private EntryWriter writer = new EntryWriter();
  private final List<byte[]> entries = new ArrayList<>();
  private int bytes;

  /** Of everything. */
  Resending(Holdings holdings, ServerLink link, LogTrust trust) {
    this(holdings, link, trust, run -> true);
  }

  /**
   * Of some.
   *
   * @param isDue whether a run of changes that one signature covers goes
   */
  Resending(Holdings holdings, ServerLink link, LogTrust trust, Predicate<List<Change>> isDue) {
    this.holdings = holdings;
    this.link = link;
    this.trust = trust;
    this.isDue = isDue;
  }

  /** Sends them; the log was read to its end before. */
  void run() throws CairnException {
    long next = 0;
    long end = holdings.store().read(OthersChanges::kept);
    CoveredRuns runs = new CoveredRuns();
    while (next < end) {
      long from = next;
      List<Change> lacking = new ArrayList<>();
      next = holdings.store().read(rows -> gather(rows, from, end, lacking));
      lacking.forEach(runs::add);
      for (List<Change> run : next < end ? runs.ready() : runs.take()) {
        add(run);
      }
    }
    send();
  }

  /** Looks at some of what is held, and adds what the log lacks. */
  private long gather(SealedRows rows, long from, long end, List<Change> lacking)
      throws CairnException {
    long number = from;
    int sizeBytes = 0;
    while (number < end && sizeBytes < REQUEST_BYTES_MAX) {
      Optional<Change> change = OthersChanges.at(rows, number);
      number++;
      if (change.isPresent() && isLacking(rows, change.get())) {
        lacking.add(change.get());
        sizeBytes += change.get().sizeBytes();
      }
    }
    return number;
  }

  /** A phone goes by what it was told; who watches the log knows what it has. */
  private boolean isLacking(SealedRows rows, Change change) throws CairnException {
    return isLacking(holdings.log(), rows, change);
  }

  /** Whether a log that was read to its end lacks a change. */
  static boolean isLacking(LogSight log, SealedRows rows, Change change) throws CairnException {
    Optional<OthersChanges.Place> place = OthersChanges.place(rows, change.id());
    if (!place.isPresent() || !place.get().position().isPresent()) {
      return place.isPresent();
    }
    long position = place.get().position().getAsLong();
    return log.tree().isPresent() && !log.proves(rows, position, change.leafHash());
  }

  private void add(List<Change> run) throws CairnException {
    if (!isDue.test(run)) {
      return;
    }
    byte[] entry = writer.write(new Entry.OfFrame(Frame.of(run), List.of()));
    entries.add(entry);
    bytes += entry.length;
    if (bytes >= REQUEST_BYTES_MAX) {
      send();
    }
  }

  private void send() throws CairnException {
    if (entries.isEmpty()) {
      return;
    }
    Request request = Request.of("POST", trust.target("push", "")).streamed(HttpNames.STREAM);
    try (Exchange exchange = link.stream(request)) {
      for (byte[] entry : entries) {
        exchange.send(entry);
      }
      exchange.finish();
      if (exchange.status() / 100 != 2) {
        throw Refusals.of(exchange);
      }
      link.renewed(exchange);
      drain(exchange);
    }
    entries.clear();
    bytes = 0;
    writer = new EntryWriter();
  }

  /** What is refused for good is left; what could not be taken now is sent with the next sync. */
  private void drain(Exchange exchange) throws CairnException {
    Answers answers = new Answers(holdings.identity().space());
    Answers.Answer answer = answers.next(exchange);
    while (answer != null) {
      if (answer instanceof Answers.Answer.No no) {
        String code = no.refusal().code();
        if (NewGeneration.concerns(code)
            || code.startsWith("store.")
            || code.startsWith("server.")) {
          throw new RefusedException(code, "the server takes nothing as it is");
        }
      }
      answer = answers.next(exchange);
    }
  }
}
