package dev.cairn.server.http;

import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.server.attachment.AttachmentFiles;
import dev.cairn.server.attachment.UploadAddresses;
import dev.cairn.server.bundle.ParcelTaker;
import dev.cairn.server.health.Health;
import dev.cairn.server.identity.MacKey;
import dev.cairn.server.identity.TlsIdentity;
import dev.cairn.server.intake.Intake;
import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.ledger.LogSigner;
import dev.cairn.server.ledger.Refills;
import dev.cairn.server.limits.ServerLimits;
import dev.cairn.server.request.Authority;
import dev.cairn.server.request.LogAnswers;
import dev.cairn.server.request.Nonces;
import dev.cairn.server.request.Problem;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The public listener: every route of the protocol, in one list. */
public final class HttpFront implements AutoCloseable {

  private final Vertx vertx;
  private final Workers workers;
  private final Metrics metrics = new Metrics();
  private final Nonces nonces;
  private final Router router;
  private final Connections connections = new Connections(ServerLimits.CONNECTIONS_MAX);
  private final long patienceMillis;

  /**
   * Builds the routes; nothing listens yet.
   *
   * @param threads for signatures, SQL and files
   * @param patience see {@link ServerLimits#PATIENCE_SECONDS}
   */
  public HttpFront(
      Vertx vertx,
      int threads,
      Ledger ledger,
      Intake intake,
      LogSigner signer,
      Refills.NewLog newLog,
      AttachmentFiles files,
      ParcelTaker parcels,
      MacKey macKey,
      Randomness randomness,
      Clock clock,
      Duration patience,
      Health health) {
    this.vertx = vertx;
    this.patienceMillis = patience.toMillis();
    this.workers = new Workers(vertx, threads, health);
    this.nonces = new Nonces(macKey, clock);
    this.router = Router.router(vertx);
    RequestAuthority authority = new RequestAuthority(new Authority(ledger, nonces), workers);
    ByteBudget members = ByteBudget.ofHeap(Runtime.getRuntime().maxMemory());
    BodyBounds bounds = new BodyBounds(vertx, patienceMillis, members, members.forStrangers());
    Bodies bodies = new Bodies(bounds);
    Turnstile turnstile = new Turnstile();
    SpaceRoutes spaces = new SpaceRoutes(ledger, intake, workers, bodies, clock);
    StreamRoutes streams = new StreamRoutes(ledger, intake, authority, workers, turnstile, bounds);
    LogRoutes logs = new LogRoutes(new LogAnswers(ledger, signer), authority, workers);
    AttachmentRights rights = new AttachmentRights(ledger);
    DownloadRoute downloads = new DownloadRoute(rights, files, authority, workers);
    UploadRoutes uploads =
        new UploadRoutes(
            ledger,
            rights,
            files,
            new UploadAddresses(macKey, randomness),
            authority,
            workers,
            turnstile,
            bounds,
            clock);
    before();
    route(HttpMethod.POST, "/v1/spaces", spaces::create);
    route(HttpMethod.POST, "/v1/spaces/:space/push", streams::push);
    route(HttpMethod.GET, "/v1/spaces/:space/pull", streams::pull);
    route(HttpMethod.GET, "/v1/spaces/:space/receipts", streams::receipts);
    route(HttpMethod.GET, "/v1/spaces/:space/head", logs::head);
    route(HttpMethod.GET, "/v1/spaces/:space/checkpoint", logs::checkpoint);
    route(HttpMethod.GET, "/v1/spaces/:space/proof", logs::proof);
    route(
        HttpMethod.POST,
        "/v1/spaces/:space/parcels",
        new ParcelRoute(parcels, authority, workers, turnstile, bodies)::take);
    RefillRoutes refills =
        new RefillRoutes(ledger, signer, newLog, intake, authority, workers, turnstile, bodies);
    route(HttpMethod.GET, "/v1/spaces/:space/log", refills::account);
    route(HttpMethod.POST, "/v1/spaces/:space/refill", refills::refill);
    route(HttpMethod.POST, "/v1/spaces/:space/attachments", uploads::create);
    route(HttpMethod.GET, "/v1/spaces/:space/attachments/:id", downloads::get);
    route(HttpMethod.OPTIONS, "/v1/uploads", uploads::describe);
    route(HttpMethod.HEAD, "/v1/uploads/:token", uploads::offset);
    route(HttpMethod.PATCH, "/v1/uploads/:token", uploads::append);
    route(HttpMethod.DELETE, "/v1/uploads/:token", uploads::terminate);
    router.errorHandler(404, ctx -> Problems.send(ctx, Problem.ROUTE_UNKNOWN));
    router.errorHandler(405, ctx -> Problems.send(ctx, Problem.METHOD_UNKNOWN));
    router.errorHandler(400, ctx -> Problems.send(ctx, Problem.REQUEST_MALFORMED));
    router.errorHandler(
        500,
        ctx -> {
          Problems.send(ctx, ctx.failure());
          health.isFatal("the event loop", ctx.failure());
        });
  }

  private void before() {
    router.route().handler(new Ending());
    router.route().handler(connections::request);
    router.route().handler(new AccessLog(metrics));
    router
        .route()
        .handler(
            ctx -> {
              ctx.addHeadersEndHandler(ignored -> offerNonce(ctx));
              ctx.next();
            });
  }

  /** Who signed over the nonce of now needs no other. */
  private void offerNonce(RoutingContext ctx) {
    String fresh = nonces.fresh();
    String signed = ctx.request().getHeader(HttpNames.SIGNATURE_INPUT);
    if (signed == null || !signed.contains(";nonce=\"" + fresh + '"')) {
      ctx.response().putHeader(HttpNames.NONCE, fresh);
    }
  }

  private void route(HttpMethod method, String template, Handler<RoutingContext> handler) {
    router
        .route(method, template)
        .handler(
            ctx -> {
              ctx.put(AccessLog.ROUTE, template);
              handler.handle(ctx);
            });
  }

  /** A server for these routes, over TLS 1.3 with the given key or, without one, in the clear. */
  public HttpServer server(Optional<TlsIdentity> tls) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setIdleTimeout(ServerLimits.IDLE_SECONDS_MAX)
            .setIdleTimeoutUnit(TimeUnit.SECONDS)
            .setMaxHeaderSize(ServerLimits.HEADER_BYTES_MAX)
            .setHandle100ContinueAutomatically(true)
            // Else a connection in the clear is nobody's until its first request is whole, and
            // whoever never finishes one could hold any number.
            .setHttp2ClearTextEnabled(false)
            .setInitialSettings(
                new Http2Settings()
                    .setMaxConcurrentStreams(ServerLimits.STREAMS_MAX)
                    .setMaxHeaderListSize(ServerLimits.HEADER_BYTES_MAX));
    tls.ifPresent(identity -> secure(options, identity));
    vertx.setPeriodic(patienceMillis, timer -> connections.sweep());
    return vertx
        .createHttpServer(options)
        .connectionHandler(connections::opened)
        .requestHandler(router);
  }

  private static void secure(HttpServerOptions options, TlsIdentity identity) {
    options
        .setSsl(true)
        .setUseAlpn(true)
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .addKeyValue(Buffer.buffer(identity.keyPem()))
                .addCertValue(Buffer.buffer(identity.certificatePem())));
  }

  /** What is counted, in the Prometheus text format. */
  public String metrics() {
    return metrics.text();
  }

  /** Runs housekeeping on one of the threads; a fault is for the log only. */
  public void later(Housekeeping work) {
    workers
        .call(
            () -> {
              work.run();
              return true;
            })
        .onFailure(Problems::of);
  }

  @Override
  public void close() {
    workers.close();
  }

  /** Work nobody waits for. */
  @FunctionalInterface
  public interface Housekeeping {
    /** Does it. */
    void run() throws Exception;
  }
}
