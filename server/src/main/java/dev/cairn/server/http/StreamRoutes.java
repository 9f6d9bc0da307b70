package dev.cairn.server.http;

import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.server.intake.Intake;
import dev.cairn.server.ledger.Answer;
import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.server.ledger.Submission;
import dev.cairn.server.limits.ServerLimits;
import dev.cairn.server.request.Caller;
import dev.cairn.server.request.Problem;
import dev.cairn.server.request.ProblemException;
import dev.cairn.server.request.Query;
import dev.cairn.server.stream.DeviceKeyCache;
import dev.cairn.server.stream.EntryDecoder;
import dev.cairn.server.stream.FeedRun;
import dev.cairn.server.stream.PullPager;
import dev.cairn.server.stream.Receipts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;

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
    long seenSize = new Query(ctx.queryParams()::get).seenSize(caller.snapshot());
    turnstile.enter(caller, ctx);
    HttpServerResponse response = ctx.response();
    response.setChunked(true).putHeader("Content-Type", HttpNames.STREAM);
    // The head goes out now: a sender who waits for it before the first frame would wait for ever.
    response.writeHead();
    Receipts receipts = new Receipts(ledger, caller.snapshot(), seenSize);
    AnswerStream answers = new AnswerStream(receipts, workers, response);
    EntryDecoder decoder = new EntryDecoder(caller.snapshot().space(), keys);
    new PushExchange(intake, ledger, workers, bounds, caller, request, answers, decoder).start();
  }

  /**
   * GET: receipts for the caller's changes from one on, for a device that does not know how much of
   * a push arrived; also for one whose admission was in that push and did not.
   */
  void receipts(RoutingContext ctx) {
    ctx.request().pause();
    authority
        .device(ctx)
        .compose(
            caller -> {
              Query query = new Query(ctx.queryParams()::get);
              ChangeId from = query.change("from");
              long seenSize = query.seenSize(caller.snapshot());
              turnstile.enter(caller, ctx);
              return positions(caller, from)
                  .map(positions -> new Told(receipts(caller, seenSize), positions));
            })
        .onSuccess(
            told -> {
              ctx.request().resume();
              ctx.response().setChunked(true).putHeader("Content-Type", HttpNames.STREAM);
              AnswerStream answers = new AnswerStream(told.receipts(), workers, ctx.response());
              answers.add(0, List.of(new Answer.Placed(told.positions())));
              answers.end();
            })
        .onFailure(fault -> Problems.send(ctx, fault));
  }

  private Receipts receipts(Caller caller, long seenSize) {
    return new Receipts(ledger, caller.snapshot(), seenSize);
  }

  /** Who is not in has no feed, and gets no work done. */
  private Future<List<Long>> positions(Caller caller, ChangeId from) {
    SpaceId space = caller.snapshot().space();
    return caller.isIn()
        ? settled(space)
            .compose(ignored -> workers.call(() -> feedRun(space, caller.device(), from)))
        : Future.succeededFuture(List.of());
  }

  private record Told(Receipts receipts, List<Long> positions) {}

  /**
   * Waits for what was handed to the intake before: the push that was cut may still be on its way
   * to the disk, and whoever is told now that it is not there sends it again.
   */
  private Future<List<Answer>> settled(SpaceId space) {
    try {
      return Future.fromCompletionStage(
              intake.submit(new Submission(space, List.of())), Vertx.currentContext())
          .otherwise(List.of());
    } catch (RejectedExecutionException e) {
      return Future.succeededFuture(List.of());
    }
  }

  private List<Long> feedRun(SpaceId space, DeviceId device, ChangeId from) throws StoreException {
    try (LedgerView view = ledger.store().view()) {
      return FeedRun.positions(view, space, device, from, Limits.FEED_RECEIPTS_MAX);
    }
  }

  /** GET: the log from a position on, as the caller may see it. */
  void pull(RoutingContext ctx) {
    ctx.request().pause();
    authority
        .member(ctx)
        .compose(
            caller -> {
              Query query = new Query(ctx.queryParams()::get);
              long from = query.number("from", 0);
              long seenSize = query.seenSize(caller.snapshot());
              if (from > caller.snapshot().head().size()) {
                throw Query.behind(caller.snapshot());
              }
              PullPager.Show show =
                  new PullPager.Show(query.number("hashes", 0) == 1, query.number("own", 0) == 1);
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
                          show));
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
