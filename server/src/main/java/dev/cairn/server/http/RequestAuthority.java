package dev.cairn.server.http;

import dev.cairn.protocol.http.ContentDigest;
import dev.cairn.protocol.http.HttpNames;
import dev.cairn.server.ledger.SpaceSnapshot;
import dev.cairn.server.request.Authority;
import dev.cairn.server.request.Caller;
import dev.cairn.server.request.Problem;
import dev.cairn.server.request.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Asks {@link Authority} about HTTP requests; what costs time is done on a worker. */
final class RequestAuthority {

  private final Authority authority;
  private final Workers workers;

  RequestAuthority(Authority authority, Workers workers) {
    this.authority = authority;
    this.workers = workers;
  }

  /** The space a path names. */
  SpaceSnapshot space(RoutingContext ctx) {
    return authority.space(ctx.pathParam("space"));
  }

  /** The device that signed, which must be in the space. The request must be paused. */
  Future<Caller> member(RoutingContext ctx) {
    return device(ctx).map(Caller::member);
  }

  /** The device that signed, in the space or not. The request must be paused. */
  Future<Caller> device(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    try {
      Authority.Claim claim =
          authority.claim(
              ctx.pathParam("space"), request.method().name(), request.uri(), request::getHeader);
      return workers.call(claim::device);
    } catch (ProblemException e) {
      return Future.failedFuture(e);
    }
  }

  /** Checks a body that was read whole against the digest that was signed. */
  static void checkDigest(RoutingContext ctx, byte[] body) {
    @Nullable String input = ctx.request().getHeader(HttpNames.SIGNATURE_INPUT);
    @Nullable String digest = ctx.request().getHeader(HttpNames.CONTENT_DIGEST);
    if (digest == null || input == null || !input.contains("\"content-digest\"")) {
      throw new ProblemException(Problem.DIGEST_MISMATCH);
    }
    if (!ContentDigest.matches(digest, body)) {
      throw new ProblemException(Problem.DIGEST_MISMATCH);
    }
  }
}
