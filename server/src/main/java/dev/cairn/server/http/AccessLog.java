package dev.cairn.server.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each request: method, route template, status, code, duration. Never a path, an
 * address, an id or a header: whoever takes the disk must not learn from it who sent what, and
 * when.
 */
final class AccessLog implements Handler<RoutingContext> {

  /** Where the route's template is kept in the context. */
  static final String ROUTE = "cairn.route";

  /** Where the code of a refusal is kept in the context. */
  static final String CODE = "cairn.code";

  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Metrics metrics;

  AccessLog(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void handle(RoutingContext ctx) {
    long begin = System.nanoTime();
    ctx.addEndHandler(
        ignored -> {
          long millis = (System.nanoTime() - begin) / NANOS_PER_MILLI;
          String route = ctx.<String>get(ROUTE, "unknown");
          String code = ctx.<String>get(CODE, ctx.response().ended() ? "ok" : "cut");
          metrics.request(route, ctx.response().getStatusCode(), millis);
          LOG.info(
              "{} {} {} {} {}ms",
              ctx.request().method().name(),
              route,
              ctx.response().getStatusCode(),
              code,
              millis);
        });
    ctx.next();
  }
}
