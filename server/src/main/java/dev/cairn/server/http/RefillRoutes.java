package dev.cairn.server.http;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.roster.Role;
import dev.cairn.server.intake.Intake;
import dev.cairn.server.ledger.Answer;
import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.ledger.LogHead;
import dev.cairn.server.ledger.LogSigner;
import dev.cairn.server.ledger.RefillOffer;
import dev.cairn.server.ledger.Refills;
import dev.cairn.server.ledger.SpaceSnapshot;
import dev.cairn.server.limits.ServerLimits;
import dev.cairn.server.request.Caller;
import dev.cairn.server.request.Problem;
import dev.cairn.server.request.ProblemException;
import dev.cairn.server.stream.DeviceKeyCache;
import dev.cairn.server.stream.RefillDecoder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** What there is to say of a log, and how members refill one that was restored. */
final class RefillRoutes {

  private final Ledger ledger;
  private final LogSigner signer;
  private final Refills.NewLog newLog;
  private final Intake intake;
  private final RequestAuthority authority;
  private final Workers workers;
  private final Turnstile turnstile;
  private final Bodies bodies;
  private final DeviceKeyCache keys = new DeviceKeyCache();

  RefillRoutes(
      Ledger ledger,
      LogSigner signer,
      Refills.NewLog newLog,
      Intake intake,
      RequestAuthority authority,
      Workers workers,
      Turnstile turnstile,
      Bodies bodies) {
    this.ledger = ledger;
    this.signer = signer;
    this.newLog = newLog;
    this.intake = intake;
    this.authority = authority;
    this.workers = workers;
    this.turnstile = turnstile;
    this.bodies = bodies;
  }

  /** GET: the account of the log, for every device that signs, for owners with the log to come. */
  void account(RoutingContext ctx) {
    ctx.request().pause();
    authority
        .device(ctx)
        .compose(
            caller -> {
              turnstile.enter(caller, ctx);
              return prepared(caller).compose(ready -> account(caller));
            })
        .onSuccess(
            body -> {
              ctx.request().resume();
              send(ctx, body);
            })
        .onFailure(fault -> Problems.send(ctx, fault));
  }

  /** Sees to it that a log waits when an owner asks for it. */
  private Future<List<Answer>> prepared(Caller caller) {
    SpaceSnapshot snapshot = caller.snapshot();
    boolean isOwner =
        snapshot
            .roster()
            .device(caller.device())
            .map(entry -> entry.role() == Role.OWNER)
            .orElse(false);
    if (!isOwner || snapshot.waiting().isPresent()) {
      return Future.succeededFuture(List.of());
    }
    return written(open -> open.refills().prepare(snapshot.space(), newLog));
  }

  private Future<List<Answer>> written(Intake.Writing writing) {
    return Future.fromCompletionStage(intake.write(writing), Vertx.currentContext());
  }

  private Future<byte[]> account(Caller caller) {
    SpaceId space = caller.snapshot().space();
    DeviceId device = caller.device();
    return workers.call(() -> ledger.refills().account(space, device).encode());
  }

  /** POST: a piece of what is missing; answers as {@link #account}. */
  void refill(RoutingContext ctx) {
    ctx.request().pause();
    authority
        .device(ctx)
        .compose(caller -> workers.call(() -> known(caller)))
        .compose(
            caller -> {
              if (!HttpNames.STREAM.equals(ctx.request().getHeader("Content-Type"))) {
                throw new ProblemException(Problem.MEDIA_UNSUPPORTED);
              }
              turnstile.enter(caller, ctx);
              return body(ctx, caller).compose(body -> refilled(caller, body));
            })
        .onSuccess(body -> send(ctx, body))
        .onFailure(fault -> Problems.send(ctx, fault));
  }

  /** Whoever came in after the backup is no stranger once his admission was handed in. */
  private Caller known(Caller caller) throws CairnException {
    SpaceSnapshot snapshot = caller.snapshot();
    boolean isIn = caller.isIn() || ledger.refills().isLetIn(snapshot.space(), caller.device());
    return new Caller(snapshot, caller.device(), isIn);
  }

  private Future<byte[]> body(RoutingContext ctx, Caller caller) {
    Future<byte[]> body =
        caller.isIn()
            ? bodies.ofMember(ctx, ServerLimits.REFILL_BYTES_MAX)
            : bodies.ofStranger(ctx, ServerLimits.STRANGER_BYTES_MAX);
    return body.map(
        read -> {
          RequestAuthority.checkDigest(ctx, read);
          return read;
        });
  }

  private Future<byte[]> refilled(Caller caller, byte[] body) {
    SpaceId space = caller.snapshot().space();
    return workers
        .call(() -> offers(caller.snapshot(), body))
        .compose(offers -> written(open -> open.refills().take(space, offers)))
        .compose(done -> account(caller));
  }

  private List<RefillOffer> offers(SpaceSnapshot snapshot, byte[] body) throws CairnException {
    if (!snapshot.isRefilling()) {
      return List.of();
    }
    LogHead head = snapshot.head();
    return new RefillDecoder(
            snapshot.space(), keys, signer.logKey(head.origin()), head.generation())
        .decode(body);
  }

  private static void send(RoutingContext ctx, byte[] body) {
    ctx.response().putHeader("Content-Type", HttpNames.CBOR).end(Buffer.buffer(body));
  }
}
