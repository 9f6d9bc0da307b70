package dev.cairn.server.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/**
 * The end of a request, however it comes: answered, or cut. Whoever asks the context itself once it
 * is over is never told, and a link may die while it is still being looked up who asks; so what is
 * taken for a request is given back through here.
 */
final class Ending implements Handler<RoutingContext> {

  private static final String OVER = "cairn.over";

  /** Notes the end of each request; to be the first to see it. */
  @Override
  public void handle(RoutingContext ctx) {
    ctx.addEndHandler(ignored -> ctx.put(OVER, true));
    ctx.next();
  }

  /** Does something when a request is over, or now if it is; on its event loop. */
  static void then(RoutingContext ctx, Runnable work) {
    if (ctx.get(OVER) != null) {
      work.run();
    } else {
      ctx.addEndHandler(ignored -> work.run());
    }
  }
}
