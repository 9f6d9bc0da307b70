package dev.cairn.server.http;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.bundle.BundleWriter;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.server.bundle.ParcelTaker;
import dev.cairn.server.request.Caller;
import dev.cairn.server.request.Problem;
import dev.cairn.server.request.ProblemException;
import dev.cairn.server.request.Query;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** Takes a courier's parcel and gives back the answers, still sealed, for him to carry. */
final class ParcelRoute {

  private static final int OK = 200;

  /** Something in the parcel continues what has not arrived: it is to be handed in again. */
  private static final int ACCEPTED = 202;

  /** A parcel of a later version is not refused for good: a newer program may know what to do. */
  private static final ParcelTaker.Outcome AFTER_AN_UPDATE =
      new ParcelTaker.Outcome(0, 0, 0, 1, List.of());

  private final ParcelTaker taker;
  private final RequestAuthority authority;
  private final Workers workers;
  private final Turnstile turnstile;
  private final Bodies bodies;

  ParcelRoute(
      ParcelTaker taker,
      RequestAuthority authority,
      Workers workers,
      Turnstile turnstile,
      Bodies bodies) {
    this.taker = taker;
    this.authority = authority;
    this.workers = workers;
    this.turnstile = turnstile;
    this.bodies = bodies;
  }

  /** POST: one parcel. */
  void take(RoutingContext ctx) {
    ctx.request().pause();
    authority
        .member(ctx)
        .compose(
            caller -> {
              if (!HttpNames.CBOR.equals(ctx.request().getHeader("Content-Type"))) {
                throw new ProblemException(Problem.MEDIA_UNSUPPORTED);
              }
              turnstile.enter(caller, ctx);
              boolean alone = new Query(ctx.request()::getParam).has(HttpNames.ALONE);
              return bodies
                  .ofMember(ctx, Limits.PARCEL_BYTES_MAX)
                  .compose(
                      body -> {
                        RequestAuthority.checkDigest(ctx, body);
                        return workers.call(() -> take(caller, body, alone));
                      });
            })
        .onSuccess(
            taken ->
                ctx.response()
                    .setStatusCode(taken.early() > 0 ? ACCEPTED : OK)
                    .putHeader("Content-Type", HttpNames.STREAM)
                    .end(answers(taken)))
        .onFailure(fault -> Problems.send(ctx, fault));
  }

  private ParcelTaker.Outcome take(Caller caller, byte[] parcel, boolean alone)
      throws CairnException, IOException {
    ParcelContent content;
    try {
      content = taker.open(parcel);
    } catch (UndecryptableException e) {
      throw new ProblemException(Problem.PARCEL_NOT_FOR_US);
    } catch (TooNewException e) {
      return AFTER_AN_UPDATE;
    } catch (MalformedException e) {
      throw new ProblemException(Problem.PARCEL_MALFORMED);
    }
    if (!content.space().equals(caller.snapshot().space())) {
      throw new ProblemException(Problem.SPACE_OTHER);
    }
    try {
      return taker.take(content, alone);
    } catch (MalformedException e) {
      // The courier only carried it; he can mend nothing, and is to carry it no further.
      throw new ProblemException(Problem.PARCEL_MALFORMED);
    }
  }

  private static Buffer answers(ParcelTaker.Outcome taken) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] answer : taken.answers()) {
      out.writeBytes(BundleWriter.parcel(answer));
    }
    return Buffer.buffer(out.toByteArray());
  }
}
