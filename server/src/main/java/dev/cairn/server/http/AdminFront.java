package dev.cairn.server.http;

import dev.cairn.server.request.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The operator's listener, for a port of its own that only the operator reaches. */
public final class AdminFront {

  private AdminFront() {}

  /** A server with {@code /health} and {@code /metrics}. */
  public static HttpServer server(Vertx vertx, BooleanSupplier healthy, Supplier<String> metrics) {
    Router router = Router.router(vertx);
    router
        .get("/health")
        .handler(
            ctx -> {
              boolean ok = healthy.getAsBoolean();
              ctx.response()
                  .setStatusCode(ok ? 200 : 503)
                  .putHeader("Content-Type", "application/json")
                  .end(new JsonObject().put("ok", ok).toBuffer());
            });
    router
        .get("/metrics")
        .handler(
            ctx ->
                ctx.response()
                    .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                    .end(metrics.get()));
    router.errorHandler(404, ctx -> Problems.send(ctx, Problem.ROUTE_UNKNOWN));
    router.errorHandler(405, ctx -> Problems.send(ctx, Problem.METHOD_UNKNOWN));
    return vertx.createHttpServer().requestHandler(router);
  }
}
