package dev.cairn.server;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that answers. */
public final class RunningServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunningServer.class);
  private static final int DRAIN_SECONDS_MAX = 10;

  private final URI url;
  private final Optional<URI> adminUrl;
  private final List<AutoCloseable> parts;
  private boolean closed;

  /**
   * A server made of these parts.
   *
   * @param parts in the order they were started in
   */
  RunningServer(URI url, Optional<URI> adminUrl, List<AutoCloseable> parts) {
    this.url = url;
    this.adminUrl = adminUrl;
    this.parts = new ArrayList<>(parts);
  }

  /** Where the protocol is spoken, with the port it got. */
  public URI url() {
    return url;
  }

  /** Where health and metrics are served, if anywhere. */
  public Optional<URI> adminUrl() {
    return adminUrl;
  }

  /** Takes no new request, finishes those that run, within bounds, and lets go of the directory. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      closeAll(parts);
    }
  }

  /** Closes in reverse; a part that cannot be closed does not keep the others open. */
  static void closeAll(List<AutoCloseable> parts) {
    List<AutoCloseable> reverse = new ArrayList<>(parts);
    Collections.reverse(reverse);
    for (AutoCloseable part : reverse) {
      try {
        part.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        LOG.warn("a part of the server did not close: {}", e.getClass().getName());
      }
    }
  }

  static AutoCloseable draining(HttpServer server) {
    return () -> await(server.shutdown(DRAIN_SECONDS_MAX, TimeUnit.SECONDS));
  }

  static AutoCloseable stopping(Vertx vertx) {
    return () -> await(vertx.close());
  }

  static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
