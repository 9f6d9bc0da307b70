package dev.cairn.server.http;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.server.intake.Intake;
import dev.cairn.server.ledger.Answer;
import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.ledger.Offer;
import dev.cairn.server.ledger.RefusalCode;
import dev.cairn.server.ledger.Submission;
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
  private final ByteStringStream strings = ByteStringStream.ofEntries();
  private final Deque<byte[]> arrived = new ArrayDeque<>();
  private final Deque<Turn> turns = new ArrayDeque<>();
  private long entriesTaken;
  private long inFlightBytes;
  private boolean decoding;
  private boolean ended;
  private boolean finished;
  private Optional<RefusalCode> stopCode = Optional.empty();
  private boolean isIn;

  PushExchange(
      Intake intake,
      Ledger ledger,
      Workers workers,
      Caller caller,
      HttpServerRequest request,
      AnswerStream answers,
      EntryDecoder decoder) {
    this.intake = intake;
    this.ledger = ledger;
    this.workers = workers;
    this.caller = caller;
    this.space = caller.snapshot().space();
    this.request = request;
    this.answers = answers;
    this.decoder = decoder;
    this.isIn = caller.isIn();
  }

  /** Begins to read. */
  void start() {
    request.handler(this::take);
    request.endHandler(ignored -> end());
    request.exceptionHandler(ignored -> cut());
    request.resume();
  }

  private void take(Buffer piece) {
    if (ended) {
      return;
    }
    strings.feed(piece.getBytes());
    try {
      for (Optional<byte[]> next = strings.next(); next.isPresent(); next = strings.next()) {
        arrived.add(next.get());
        inFlightBytes += next.get().length;
      }
    } catch (MalformedException e) {
      stop(RefusalCode.ENTRY_MALFORMED);
    }
    if (inFlightBytes > ServerLimits.PUSH_IN_FLIGHT_BYTES_MAX) {
      request.pause();
    }
    pump();
  }

  private void end() {
    if (!ended && strings.pendingBytes() > 0) {
      stop(RefusalCode.ENTRY_MALFORMED);
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
  private void stop(RefusalCode code) {
    ended = true;
    if (stopCode.isEmpty()) {
      stopCode = Optional.of(code);
    }
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
    List<byte[]> batch = new ArrayList<>();
    long bytes = gather(batch);
    Turn turn = new Turn(entriesTaken, batch.size(), bytes);
    entriesTaken += batch.size();
    decoding = true;
    turns.add(turn);
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

  private void submit(Turn turn, List<Offer> offers) {
    try {
      Future.fromCompletionStage(intake.submit(new Submission(space, offers)), context)
          .onSuccess(given -> answered(turn, given))
          .onFailure(fault -> refuse(turn, fault));
    } catch (RejectedExecutionException e) {
      refuse(turn, e);
    }
  }

  private void refuse(Turn turn, Throwable fault) {
    Answer no = new Answer.Refused(Problems.of(fault).code());
    answered(turn, Collections.nCopies(turn.count, no));
  }

  /**
   * Passes answers on in the order of the entries. They may come in another: one that is ready at
   * once overtakes one whose completion still waits for its turn on the event loop.
   */
  private void answered(Turn turn, List<Answer> given) {
    turn.answers = given;
    for (Turn next = turns.peek(); next != null && next.answers != null; next = turns.peek()) {
      turns.remove();
      inFlightBytes -= next.bytes;
      answers.add(next.first, next.answers);
    }
    if (!isIn) {
      isIn = ledger.snapshot(space).orElseThrow().roster().device(caller.device()).isPresent();
      if (!isIn && entriesTaken >= ServerLimits.PUSH_ENTRIES_BEFORE_ADMISSION_MAX) {
        arrived.clear();
        stop(RefusalCode.DEVICE_UNKNOWN);
      }
    }
    if (!ended && inFlightBytes < ServerLimits.PUSH_IN_FLIGHT_BYTES_MAX / 2) {
      request.resume();
    }
    pump();
  }

  private void finish() {
    if (!ended || !turns.isEmpty() || finished) {
      return;
    }
    finished = true;
    stopCode.ifPresent(code -> answers.add(entriesTaken, List.of(new Answer.Refused(code.code()))));
    Bodies.drain(request);
    answers.end();
  }

  /** Neighbouring entries on their way to the ledger, and what became of them. */
  private static final class Turn {
    final long first;
    final int count;
    final long bytes;
    @Nullable List<Answer> answers;

    Turn(long first, int count, long bytes) {
      this.first = first;
      this.count = count;
      this.bytes = bytes;
    }
  }
}
