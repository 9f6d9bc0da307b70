package dev.cairn.server.http;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.server.intake.Intake;
import dev.cairn.server.ledger.Answer;
import dev.cairn.server.ledger.Bringer;
import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.ledger.Offer;
import dev.cairn.server.ledger.RefusalCode;
import dev.cairn.server.ledger.Submission;
import dev.cairn.server.limits.ServerLimits;
import dev.cairn.server.request.Caller;
import dev.cairn.server.request.Problem;
import dev.cairn.server.request.Query;
import dev.cairn.server.stream.EntryDecoder;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One push: entries are taken as they arrive, decoded on a worker, handed to the intake, and
 * answered as they become durable, all three at once for different parts of the stream. A link that
 * is cut leaves everything that arrived whole in the log.
 *
 * <p>Belongs to the event loop of its request.
 */
final class PushExchange {

  private final Intake intake;
  private final Ledger ledger;
  private final Workers workers;
  private final Caller caller;
  private final SpaceId space;
  private final HttpServerRequest request;
  private final AnswerStream answers;
  private final EntryDecoder decoder;
  private final Context context = Vertx.currentContext();
  private final Pace pace = new Pace();
  private final BodyBounds bounds;
  private ByteBudget.Share share;
  private ByteStringStream strings = ByteStringStream.ofEntries();
  private final Deque<byte[]> arrived = new ArrayDeque<>();
  private final Turns turns = new Turns();
  private long entriesTaken;
  private long inFlightBytes;
  private boolean decoding;
  private boolean ended;
  private boolean finished;
  private Optional<String> stopCode = Optional.empty();
  private BodyBounds.@Nullable Watch watch;
  private final Bringer by;
  private boolean isIn;

  PushExchange(
      Intake intake,
      Ledger ledger,
      Workers workers,
      BodyBounds bounds,
      Caller caller,
      HttpServerRequest request,
      AnswerStream answers,
      EntryDecoder decoder) {
    this.intake = intake;
    this.ledger = ledger;
    this.workers = workers;
    this.bounds = bounds;
    this.share = (caller.isIn() ? bounds.members() : bounds.strangers()).share();
    this.caller = caller;
    this.space = caller.snapshot().space();
    this.request = request;
    this.answers = answers;
    this.decoder = decoder;
    this.isIn = caller.isIn();
    this.by = caller.bringer(new Query(request::getParam).has(HttpNames.ALONE));
  }

  /** Begins to read. */
  void start() {
    watch = bounds.watch(this::keepsUp, () -> stop(Problem.REQUEST_TOO_SLOW.code()));
    request.handler(this::take);
    request.endHandler(ignored -> end());
    request.exceptionHandler(ignored -> cut());
    request.resume();
  }

  private void take(Buffer piece) {
    if (ended) {
      return;
    }
    pace.arrived(piece.length());
    strings.feed(piece.getBytes());
    try {
      for (Optional<byte[]> next = strings.next(); next.isPresent(); next = strings.next()) {
        arrived.add(next.get());
        inFlightBytes += next.get().length;
      }
    } catch (MalformedException e) {
      stop(RefusalCode.ENTRY_MALFORMED.code());
    }
    hold();
    pump();
    steer();
  }

  /** Counts what the request holds in memory; takes nothing more if that is too much. */
  private void hold() {
    if (!finished && !share.resize(heldBytes())) {
      stop(Problem.SERVER_BUSY.code());
    }
  }

  private long heldBytes() {
    return inFlightBytes + strings.pendingBytes();
  }

  /** Holds the sender back while too much of his is held, and lets him go on after it. */
  private void steer() {
    if (ended) {
      return;
    }
    long bytesMax = isIn ? ServerLimits.PUSH_IN_FLIGHT_BYTES_MAX : ServerLimits.STRANGER_BYTES_MAX;
    boolean tooMuch = (isIn ? inFlightBytes : heldBytes()) > bytesMax;
    if (tooMuch && turns.isEmpty() && arrived.isEmpty()) {
      // Of somebody who is not in, and nothing that could let him in will come of it.
      stop(RefusalCode.DEVICE_UNKNOWN.code());
      pump();
    } else if (tooMuch) {
      request.pause();
    } else if (inFlightBytes < bytesMax / 2) {
      request.resume();
    }
    pace.held(tooMuch || !turns.isEmpty());
  }

  /** Somebody who is not in has one span of time to get in; the others only have to move. */
  private boolean keepsUp() {
    return pace.keptUp() && (isIn || !turns.isEmpty());
  }

  private void end() {
    if (!ended && strings.pendingBytes() > 0) {
      stop(RefusalCode.ENTRY_MALFORMED.code());
    }
    ended = true;
    pump();
  }

  /** The link is gone; what arrived whole is worth keeping, though nobody hears the answer. */
  private void cut() {
    ended = true;
    pump();
  }

  /** Takes nothing more, and says so in the place of the entry that would have come next. */
  private void stop(String code) {
    ended = true;
    strings = ByteStringStream.ofEntries();
    if (stopCode.isEmpty()) {
      stopCode = Optional.of(code);
    }
    pump();
  }

  private void pump() {
    if (decoding) {
      return;
    }
    if (!isIn && !turns.isEmpty()) {
      // Whoever is not in yet gets one entry judged at a time, until one of them lets it in.
      return;
    }
    if (arrived.isEmpty()) {
      finish();
      return;
    }
    if (!isIn && arrived.peek().length > ServerLimits.STRANGER_BYTES_MAX) {
      arrived.clear();
      stop(RefusalCode.DEVICE_UNKNOWN.code());
      return;
    }
    List<byte[]> batch = new ArrayList<>();
    long bytes = gather(batch);
    Turns.Turn turn = turns.begin(entriesTaken, batch.size(), bytes);
    entriesTaken += batch.size();
    decoding = true;
    workers
        .call(() -> decoder.decode(batch))
        .onComplete(
            decoded -> {
              decoding = false;
              if (decoded.succeeded()) {
                submit(turn, decoded.result());
              } else {
                refuse(turn, decoded.cause());
              }
              pump();
            });
  }

  private long gather(List<byte[]> batch) {
    int entriesMax = isIn ? ServerLimits.PUSH_BATCH_ENTRIES_MAX : 1;
    long bytes = 0;
    while (!arrived.isEmpty()
        && batch.size() < entriesMax
        && (batch.isEmpty()
            || bytes + arrived.peek().length <= ServerLimits.PUSH_BATCH_BYTES_MAX)) {
      byte[] entry = arrived.remove();
      batch.add(entry);
      bytes += entry.length;
    }
    return bytes;
  }

  private void submit(Turns.Turn turn, List<Offer> offers) {
    try {
      Future.fromCompletionStage(intake.submit(new Submission(space, offers, by)), context)
          .onSuccess(given -> answered(turn, given))
          .onFailure(fault -> refuse(turn, fault));
    } catch (RejectedExecutionException e) {
      refuse(turn, e);
    }
  }

  private void refuse(Turns.Turn turn, Throwable fault) {
    Answer no = new Answer.Refused(Problems.of(fault).code());
    answered(turn, Collections.nCopies(turn.count(), no));
  }

  private void answered(Turns.Turn turn, List<Answer> given) {
    for (Turns.Turn next : turns.answered(turn, given)) {
      inFlightBytes -= next.bytes();
      answers.add(next.first(), next.answers());
    }
    if (!isIn) {
      isIn = ledger.snapshot(space).orElseThrow().roster().device(caller.device()).isPresent();
      if (!isIn && entriesTaken >= ServerLimits.PUSH_ENTRIES_BEFORE_ADMISSION_MAX) {
        arrived.clear();
        stop(RefusalCode.DEVICE_UNKNOWN.code());
      }
      if (isIn) {
        share.close();
        share = bounds.members().share();
      }
    }
    hold();
    pump();
    steer();
  }

  private void finish() {
    if (!ended || !turns.isEmpty() || finished) {
      return;
    }
    finished = true;
    share.close();
    if (watch != null) {
      watch.close();
    }
    stopCode.ifPresent(code -> answers.add(entriesTaken, List.of(new Answer.Refused(code))));
    Bodies.drain(request);
    answers.end();
  }
}
