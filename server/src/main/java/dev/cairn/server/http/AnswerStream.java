package dev.cairn.server.http;

import dev.cairn.server.ledger.Answer;
import dev.cairn.server.stream.Receipts;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends answers while the request is still arriving. A receiver that reads slowly, or only when he
 * has sent everything, costs no memory: what waits is kept as bare positions, and neighbours become
 * one receipt when there is room again. Belongs to the event loop of its request.
 */
final class AnswerStream {

  private final Receipts receipts;
  private final Workers workers;
  private final HttpServerResponse response;
  private List<Receipts.Numbered> waiting = new ArrayList<>();
  private boolean writing;
  private boolean complete;

  AnswerStream(Receipts receipts, Workers workers, HttpServerResponse response) {
    this.receipts = receipts;
    this.workers = workers;
    this.response = response;
    response.drainHandler(ignored -> flush());
  }

  /** Adds answers to consecutive entries. */
  void add(long firstEntry, List<Answer> answers) {
    long entry = firstEntry;
    for (Answer answer : answers) {
      waiting.add(new Receipts.Numbered(entry++, answer));
    }
    flush();
  }

  /** Nothing more will be added. */
  void end() {
    complete = true;
    flush();
  }

  private void flush() {
    if (writing || response.ended() || response.closed()) {
      return;
    }
    if (waiting.isEmpty()) {
      if (complete) {
        response.end();
      }
      return;
    }
    if (response.writeQueueFull()) {
      return;
    }
    List<Receipts.Numbered> batch = waiting;
    waiting = new ArrayList<>();
    writing = true;
    workers
        .call(() -> receipts.encode(batch))
        .onSuccess(
            bytes -> {
              writing = false;
              response.write(Buffer.buffer(bytes));
              flush();
            })
        // The entries are in the log all the same: whoever sends them again gets the receipts.
        .onFailure(
            fault -> {
              Problems.of(fault);
              response.reset();
            });
  }
}
