package dev.cairn.server.http;

import dev.cairn.protocol.http.HttpNames;
import dev.cairn.server.intake.Intake;
import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.limits.ServerLimits;
import dev.cairn.server.stream.DeviceKeyCache;
import dev.cairn.server.stream.EntryDecoder;
import dev.cairn.server.stream.PullPager;
import dev.cairn.server.stream.Receipts;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Push and pull. */
final class StreamRoutes {

  private final Ledger ledger;
  private final Intake intake;
  private final RequestAuthority authority;
  private final Workers workers;
  private final DeviceKeyCache keys = new DeviceKeyCache();
  private final Turnstile turnstile;
  private final BodyBounds bounds;

  StreamRoutes(
      Ledger ledger,
      Intake intake,
      RequestAuthority authority,
      Workers workers,
      Turnstile turnstile,
      BodyBounds bounds) {
    this.ledger = ledger;
    this.intake = intake;
    this.authority = authority;
    this.workers = workers;
    this.turnstile = turnstile;
    this.bounds = bounds;
  }

  /** POST: entries in, receipts out, at the same time. */
  void push(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    request.pause();
    authority
        .device(ctx)
        .onSuccess(
            caller -> {
              try {
                push(ctx, caller);
              } catch (ProblemException e) {
                Problems.send(ctx, e);
              }
            })
        .onFailure(fault -> Problems.send(ctx, fault));
  }

  private void push(RoutingContext ctx, Caller caller) {
    HttpServerRequest request = ctx.request();
    String type = Optional.ofNullable(request.getHeader("Content-Type")).orElse("");
    if (!type.equals(HttpNames.STREAM)) {
      throw new ProblemException(Problem.MEDIA_UNSUPPORTED);
    }
    long seenSize = new Query(ctx).seenSize(caller.snapshot().head());
    turnstile.enter(caller, ctx);
    HttpServerResponse response = ctx.response();
    response.setChunked(true).putHeader("Content-Type", HttpNames.STREAM);
    // The head goes out now: a sender who waits for it before the first frame would wait for ever.
    response.writeHead();
    Receipts receipts = new Receipts(ledger, caller.snapshot().space(), seenSize);
    AnswerStream answers = new AnswerStream(receipts, workers, response);
    EntryDecoder decoder = new EntryDecoder(caller.snapshot().space(), keys);
    new PushExchange(intake, ledger, workers, bounds, caller, request, answers, decoder).start();
  }

  /** GET: the log from a position on, as the caller may see it. */
  void pull(RoutingContext ctx) {
    ctx.request().pause();
    authority
        .member(ctx)
        .compose(
            caller -> {
              Query query = new Query(ctx);
              long from = query.number("from", 0);
              long seenSize = query.seenSize(caller.snapshot().head());
              if (from > caller.snapshot().head().size()) {
                throw new ProblemException(Problem.LOG_BEHIND);
              }
              boolean withHashes = query.number("hashes", 0) == 1;
              turnstile.enter(caller, ctx);
              return workers.call(
                  () ->
                      new PullPager(
                          ledger,
                          caller.snapshot(),
                          caller.device(),
                          from,
                          seenSize,
                          ServerLimits.PULL_BYTES_MAX,
                          withHashes));
            })
        .onSuccess(
            pager -> {
              ctx.request().resume();
              ctx.response().setChunked(true).putHeader("Content-Type", HttpNames.STREAM);
              new PullExchange(pager, workers, ctx.response()).start();
            })
        .onFailure(fault -> Problems.send(ctx, fault));
  }
}
