package dev.cairn.server.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds connections, and closes those that are open for nothing: without a request, or with one
 * whose head or rest comes byte by byte so as never to look idle. Safe for many threads.
 */
final class Connections {

  private final int countMax;
  private final Map<HttpConnection, Use> open = new ConcurrentHashMap<>();

  Connections(int countMax) {
    this.countMax = countMax;
  }

  /** What a connection is used for. */
  private static final class Use {
    private final AtomicInteger requests = new AtomicInteger();
    private volatile boolean recent = true;
  }

  int count() {
    return open.size();
  }

  /** Counts a connection until it closes; one too many is closed at once. */
  void opened(HttpConnection connection) {
    if (open.size() >= countMax) {
      connection.close();
      return;
    }
    open.put(connection, new Use());
    connection.closeHandler(ignored -> open.remove(connection));
  }

  /** Counts a request until it is answered, or its connection is lost. */
  void request(RoutingContext ctx) {
    Use use = open.get(ctx.request().connection());
    if (use != null) {
      use.requests.incrementAndGet();
      ctx.addEndHandler(
          ignored -> {
            use.recent = true;
            use.requests.decrementAndGet();
          });
    }
    ctx.next();
  }

  /** Closes what had no request running since the last time. */
  void sweep() {
    open.forEach(
        (connection, use) -> {
          if (use.requests.get() > 0 || use.recent) {
            use.recent = false;
          } else {
            connection.close();
          }
        });
  }
}
