package dev.cairn.server.http;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.http.HttpNames;
import dev.cairn.server.ledger.DiskFaults;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.server.request.Problem;
import dev.cairn.server.request.ProblemException;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where failures become problem documents (RFC 9457). */
final class Problems {

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final Set<Problem> TRY_SOON =
      Set.of(
          Problem.SERVER_BUSY,
          Problem.SERVER_CLOSING,
          Problem.LOG_REFILLING,
          Problem.TOO_MANY_REQUESTS);
  private static final String RETRY_SECONDS = "5";

  private Problems() {}

  /** What a failure means to the caller. */
  static Problem of(Throwable failure) {
    if (failure instanceof ProblemException known) {
      return known.problem();
    }
    if (failure instanceof RejectedExecutionException) {
      return Problem.SERVER_BUSY;
    }
    if (failure instanceof MalformedException) {
      return Problem.REQUEST_MALFORMED;
    }
    if (failure instanceof StoreException) {
      return ofStore(failure);
    }
    if (failure instanceof IOException file) {
      StoreException disk = DiskFaults.named(file);
      // A file or its disk, unlike a connection, is nothing the server does wrong by itself.
      if (failure instanceof FileSystemException || !(disk instanceof StoreException.Failed)) {
        return ofStore(disk);
      }
    }
    // Class and code only: a message might one day hold what nobody should write down.
    LOG.error("request failed: {}", describe(failure));
    LOG.debug("request failed", failure);
    return Problem.SERVER_FAILED;
  }

  private static Problem ofStore(Throwable failure) {
    LOG.error("store failed: {}", describe(failure));
    if (failure instanceof StoreException.Full) {
      return Problem.STORE_FULL;
    }
    return failure instanceof StoreException.ReadOnly
        ? Problem.STORE_READ_ONLY
        : Problem.STORE_FAILED;
  }

  static String describe(Throwable failure) {
    String name = failure.getClass().getName();
    return failure instanceof CairnException known ? name + " " + known.code() : name;
  }

  /** Answers with what a failure means. */
  static void send(RoutingContext ctx, Throwable failure) {
    send(ctx, of(failure));
  }

  /** Answers with a problem; does nothing if an answer has begun. */
  static void send(RoutingContext ctx, Problem problem) {
    ctx.put(AccessLog.CODE, problem.code());
    HttpServerResponse response = ctx.response();
    if (response.headWritten() || response.ended() || response.closed()) {
      return;
    }
    if (TRY_SOON.contains(problem)) {
      response.putHeader("Retry-After", RETRY_SECONDS);
    }
    response
        .setStatusCode(problem.status())
        .putHeader("Content-Type", HttpNames.PROBLEM)
        .end(
            new JsonObject()
                .put("type", HttpNames.ERROR_PREFIX + problem.code())
                .put("title", problem.title())
                .put("status", problem.status())
                .put("code", problem.code())
                .toBuffer());
    // What the caller is still sending is of no use; taking it in lets the answer reach him.
    Bodies.drain(ctx.request());
  }
}
