package dev.cairn.server.http;

import dev.cairn.protocol.http.HttpNames;
import dev.cairn.server.request.LogAnswers;
import dev.cairn.server.request.ProblemException;
import dev.cairn.server.request.Query;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

/** Small questions about the log and about a device's own feed. */
final class LogRoutes {

  private final LogAnswers answers;
  private final RequestAuthority authority;
  private final Workers workers;

  LogRoutes(LogAnswers answers, RequestAuthority authority, Workers workers) {
    this.answers = answers;
    this.authority = authority;
    this.workers = workers;
  }

  /** GET: the newest signed checkpoint, for anybody. */
  void checkpoint(RoutingContext ctx) {
    try {
      byte[] note = authority.space(ctx).checkpoint().note();
      ctx.response()
          .putHeader("Content-Type", "text/plain; charset=utf-8")
          .putHeader("Cache-Control", "no-store")
          .end(Buffer.buffer(note));
    } catch (ProblemException e) {
      Problems.send(ctx, e);
    }
  }

  /** GET: the caller's feed as it is held here. */
  void head(RoutingContext ctx) {
    ctx.request().pause();
    authority
        .member(ctx)
        .compose(caller -> workers.call(() -> answers.head(caller)))
        .onSuccess(body -> send(ctx, body))
        .onFailure(fault -> Problems.send(ctx, fault));
  }

  /** GET: a receipt for a run of leaves, or a consistency proof between two sizes. */
  void proof(RoutingContext ctx) {
    ctx.request().pause();
    authority
        .member(ctx)
        .compose(
            caller -> {
              Query query = new Query(ctx.queryParams()::get);
              long size = query.number("size");
              long generation = query.number("generation", caller.snapshot().head().generation());
              return query.has("from")
                  ? workers.call(
                      () -> answers.consistency(caller, generation, query.number("from"), size))
                  : workers.call(
                      () ->
                          answers.receipt(
                              caller,
                              generation,
                              query.number("first"),
                              query.number("count"),
                              size));
            })
        .onSuccess(body -> send(ctx, body))
        .onFailure(fault -> Problems.send(ctx, fault));
  }

  private static void send(RoutingContext ctx, byte[] body) {
    ctx.request().resume();
    ctx.response().putHeader("Content-Type", HttpNames.CBOR).end(Buffer.buffer(body));
  }
}
