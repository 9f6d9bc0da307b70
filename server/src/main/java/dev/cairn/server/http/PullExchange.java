package dev.cairn.server.http;

import dev.cairn.server.stream.PullPager;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/**
 * Sends the answer to a pull no faster than its reader takes it: the next piece is made when there
 * is room for it. Belongs to the event loop of its request.
 */
final class PullExchange {

  private final PullPager pager;
  private final Workers workers;
  private final HttpServerResponse response;

  PullExchange(PullPager pager, Workers workers, HttpServerResponse response) {
    this.pager = pager;
    this.workers = workers;
    this.response = response;
  }

  /** Sends the first piece and whatever follows. */
  void start() {
    workers
        .call(pager::piece)
        .onSuccess(this::send)
        .onFailure(
            fault -> {
              Problems.of(fault);
              response.reset();
            });
  }

  private void send(byte[] piece) {
    if (response.closed()) {
      return;
    }
    if (pager.ended()) {
      response.end(Buffer.buffer(piece));
      return;
    }
    if (piece.length > 0) {
      response.write(Buffer.buffer(piece));
    }
    if (response.writeQueueFull()) {
      response.drainHandler(
          ignored -> {
            response.drainHandler(null);
            start();
          });
    } else {
      start();
    }
  }
}
