package dev.cairn.server.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Bodies that are short enough to be read whole. */
final class Bodies {

  private Bodies() {}

  /** Takes in and forgets whatever the sender has not sent yet, so that he comes to read. */
  static void drain(HttpServerRequest request) {
    if (!request.isEnded()) {
      request.handler(ignored -> {}).resume();
    }
  }

  /** Reads a body; fails as soon as it turns out longer than allowed. */
  static Future<byte[]> read(HttpServerRequest request, int sizeBytesMax) {
    Promise<byte[]> promise = Promise.promise();
    Buffer body = Buffer.buffer();
    request.exceptionHandler(promise::tryFail);
    request.handler(
        piece -> {
          if (body.length() + piece.length() > sizeBytesMax) {
            request.handler(ignored -> {});
            promise.tryFail(new ProblemException(Problem.REQUEST_TOO_LARGE));
          } else {
            body.appendBuffer(piece);
          }
        });
    request.endHandler(end -> promise.tryComplete(body.getBytes()));
    request.resume();
    return promise.future();
  }
}
