package dev.cairn.server.http;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.http.ContentDigest;
import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.http.RequestSignature;
import dev.cairn.protocol.http.RequestTarget;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.ledger.SpaceSnapshot;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who makes a request and whether he may. Before the signature holds, a request costs one
 * MAC and one signature check, and nothing of its body is read.
 */
final class RequestAuthority {

  private final Ledger ledger;
  private final Nonces nonces;
  private final Workers workers;

  RequestAuthority(Ledger ledger, Nonces nonces, Workers workers) {
    this.ledger = ledger;
    this.nonces = nonces;
    this.workers = workers;
  }

  /** The space a path names. */
  SpaceSnapshot space(RoutingContext ctx) {
    try {
      return ledger
          .snapshot(SpaceId.parse(ctx.pathParam("space")))
          .orElseThrow(() -> new ProblemException(Problem.SPACE_UNKNOWN));
    } catch (MalformedException e) {
      throw new ProblemException(Problem.SPACE_UNKNOWN);
    }
  }

  /** The device that signed, which must be in the space. The request must be paused. */
  Future<Caller> member(RoutingContext ctx) {
    return device(ctx)
        .map(
            caller -> {
              if (!caller.isIn()) {
                throw new ProblemException(Problem.DEVICE_UNKNOWN);
              }
              return caller;
            });
  }

  /** The device that signed, in the space or not. The request must be paused. */
  Future<Caller> device(RoutingContext ctx) {
    SpaceSnapshot snapshot;
    RequestSignature signature;
    try {
      snapshot = space(ctx);
      signature = signature(ctx.request());
    } catch (ProblemException e) {
      return Future.failedFuture(e);
    }
    RequestTarget target = target(ctx.request());
    Optional<String> digest =
        Optional.ofNullable(ctx.request().getHeader(HttpNames.CONTENT_DIGEST));
    return workers
        .call(() -> signature.verifies(target, digest))
        .map(
            holds -> {
              if (!holds) {
                throw new ProblemException(Problem.SIGNATURE_INVALID);
              }
              return caller(snapshot, signature);
            });
  }

  private static Caller caller(SpaceSnapshot snapshot, RequestSignature signature) {
    if (snapshot.roster().isSuspended(signature.device())) {
      throw new ProblemException(Problem.DEVICE_SUSPENDED);
    }
    DeviceId device = signature.device();
    // The recovery key reads like a device: who has it must see the roster before he can mend it.
    boolean isRecovery =
        snapshot.roster().recovery().map(keys -> keys.signKey().equals(device)).orElse(false);
    boolean isIn = isRecovery || snapshot.roster().device(device).isPresent();
    return new Caller(snapshot, device, isIn);
  }

  private RequestSignature signature(HttpServerRequest request) {
    String input = request.getHeader(HttpNames.SIGNATURE_INPUT);
    String value = request.getHeader(HttpNames.SIGNATURE);
    if (input == null || value == null) {
      throw new ProblemException(Problem.SIGNATURE_MISSING);
    }
    RequestSignature signature;
    try {
      signature = RequestSignature.parse(input, value);
    } catch (MalformedException e) {
      throw new ProblemException(Problem.SIGNATURE_MALFORMED);
    }
    if (!nonces.accepts(signature.nonce())) {
      throw new ProblemException(Problem.NONCE_STALE);
    }
    return signature;
  }

  private static RequestTarget target(HttpServerRequest request) {
    return RequestTarget.of(request.method().name(), request.uri());
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
