package dev.cairn.server.http;

import dev.cairn.server.request.Problem;
import dev.cairn.server.request.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** Bodies that are short enough to be read whole. */
final class Bodies {

  private final BodyBounds bounds;

  Bodies(BodyBounds bounds) {
    this.bounds = bounds;
  }

  /** Takes in and forgets whatever the sender has not sent yet, so that he comes to read. */
  static void drain(HttpServerRequest request) {
    if (!request.isEnded()) {
      request.handler(ignored -> {}).resume();
    }
  }

  /** Reads the body of somebody unknown, which has to come soon. */
  Future<byte[]> ofStranger(RoutingContext ctx, int sizeBytesMax) {
    Reading reading = new Reading(ctx, sizeBytesMax, bounds.strangers());
    return reading.start(bounds.deadline(reading::tooSlow));
  }

  /**
   * Reads the body of somebody unknown who has shown a space code: it may take its time as long as
   * it moves, in the room that strangers have.
   */
  Future<byte[]> ofCodeHolder(RoutingContext ctx, int sizeBytesMax) {
    Reading reading = new Reading(ctx, sizeBytesMax, bounds.strangers());
    return reading.start(bounds.watch(reading.pace::keptUp, reading::tooSlow));
  }

  /** Reads the body of an admitted device, which may take its time as long as it moves. */
  Future<byte[]> ofMember(RoutingContext ctx, int sizeBytesMax) {
    Reading reading = new Reading(ctx, sizeBytesMax, bounds.members());
    return reading.start(bounds.watch(reading.pace::keptUp, reading::tooSlow));
  }

  /** One body. What it takes counts until its request is answered. */
  private static final class Reading {
    private final HttpServerRequest request;
    private final int sizeBytesMax;
    private final ByteBudget.Share share;
    private final Pace pace = new Pace();
    private final Promise<byte[]> whole = Promise.promise();
    private Buffer body = Buffer.buffer();

    Reading(RoutingContext ctx, int sizeBytesMax, ByteBudget budget) {
      this.request = ctx.request();
      this.sizeBytesMax = sizeBytesMax;
      this.share = budget.share();
      Ending.then(ctx, share::close);
    }

    Future<byte[]> start(BodyBounds.Watch watch) {
      request.exceptionHandler(this::fail);
      request.handler(this::take);
      request.endHandler(end -> whole.tryComplete(body.getBytes()));
      request.resume();
      return whole.future().onComplete(ignored -> watch.close());
    }

    private void take(Buffer piece) {
      pace.arrived(piece.length());
      int sizeBytes = body.length() + piece.length();
      if (sizeBytes > sizeBytesMax) {
        fail(new ProblemException(Problem.REQUEST_TOO_LARGE));
      } else if (!share.resize(sizeBytes)) {
        fail(new ProblemException(Problem.SERVER_BUSY));
      } else {
        body.appendBuffer(piece);
      }
    }

    private void tooSlow() {
      fail(new ProblemException(Problem.REQUEST_TOO_SLOW));
    }

    private void fail(Throwable fault) {
      request.handler(ignored -> {});
      body = Buffer.buffer();
      whole.tryFail(fault);
    }
  }
}
