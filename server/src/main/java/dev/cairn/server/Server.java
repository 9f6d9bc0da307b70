package dev.cairn.server;

import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.server.ServerConfig.HostPort;
import dev.cairn.server.attachment.AttachmentFiles;
import dev.cairn.server.bundle.ParcelTaker;
import dev.cairn.server.directory.ServerDirectory;
import dev.cairn.server.directory.StoreBusyException;
import dev.cairn.server.health.Health;
import dev.cairn.server.http.AdminFront;
import dev.cairn.server.http.HttpFront;
import dev.cairn.server.identity.LogKeys;
import dev.cairn.server.identity.ServerIdentity;
import dev.cairn.server.identity.TlsIdentity;
import dev.cairn.server.intake.Intake;
import dev.cairn.server.ledger.DiskFaults;
import dev.cairn.server.ledger.Ledger;
import dev.cairn.server.ledger.LedgerStore;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.server.limits.ServerLimits;
import dev.cairn.server.sqlite.SqliteLedgerStore;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts servers. */
public final class Server {

  private static final Logger LOG = LoggerFactory.getLogger(Server.class);
  private static final int THREADS_MIN = 2;
  private static final long SWEEP_MILLIS = Duration.ofDays(1).toMillis();

  private final ServerConfig config;
  private final SecureRandom random = new SecureRandom();
  private final List<AutoCloseable> parts = new ArrayList<>();

  private Server(ServerConfig config) {
    this.config = config;
  }

  /**
   * Starts a server and returns when it answers. The first start makes its keys and writes the
   * server invitation.
   *
   * @throws StoreBusyException if another process holds the data directory
   * @throws StoreException if the store cannot be used
   * @throws BindException if the server cannot listen at an address
   * @throws IOException if a file cannot be used
   */
  public static RunningServer start(ServerConfig config)
      throws IOException, StoreBusyException, StoreException {
    Server server = new Server(config);
    ServerDirectory directory = hold(config.data());
    boolean done = false;
    try {
      RunningServer running = server.start(server.opened(directory));
      done = true;
      return running;
    } catch (IOException e) {
      throw DiskFaults.orItself(e);
    } finally {
      if (!done) {
        directory.abandon();
        RunningServer.closeAll(server.parts);
      }
    }
  }

  private static ServerDirectory hold(Path data)
      throws IOException, StoreBusyException, StoreException {
    try {
      return ServerDirectory.hold(data);
    } catch (IOException e) {
      throw DiskFaults.orItself(e);
    }
  }

  private RunningServer start(ServerDirectory directory) throws IOException, StoreException {
    if (directory.hasLostItsLedger()) {
      throw new StoreException.Corrupt("its ledger is gone: restore a backup, or begin elsewhere");
    }
    LedgerStore store = opened(SqliteLedgerStore.open(directory.ledger()));
    String host = PublicAddress.host(config);
    ServerIdentity identity = ServerIdentity.open(directory, host, random);
    LogKeys signer = new LogKeys(identity);
    Ledger ledger = Ledger.open(store, signer, identity.bundleKey().publicKey(), config.quotas());
    AttachmentFiles files = new AttachmentFiles(directory.attachments());
    Health health = new Health(config.end());
    Intake intake = opened(new Intake(ledger, config.clock(), health));
    Vertx vertx = vertx();
    vertx.exceptionHandler(
        fault -> {
          LOG.error("uncaught: {}", fault.getClass().getName());
          health.isFatal("the event loop", fault);
        });
    parts.add(RunningServer.stopping(vertx));
    HttpFront front =
        opened(
            new HttpFront(
                vertx,
                Math.max(THREADS_MIN, Runtime.getRuntime().availableProcessors()),
                ledger,
                intake,
                signer,
                () -> newLog(identity, host),
                files,
                new ParcelTaker(
                    ledger, intake::await, identity.bundleKey(), files, Randomness.of(random)),
                identity.macKey(),
                Randomness.of(random),
                config.clock(),
                config.patience(),
                health));
    ledger.onErasure(space -> front.later(() -> sweep(ledger, files, space)));
    dropAbandoned(files);
    vertx.setPeriodic(SWEEP_MILLIS, timer -> front.later(() -> dropAbandoned(files)));
    URI url = listen(front, identity);
    BooleanSupplier healthy = () -> health.ok() && ledger.isWritable();
    Optional<URI> adminUrl = listenAdmin(vertx, front, healthy);
    new SpaceInvitations(directory, identity, store, config.clock(), random)
        .issueIfNeeded(PublicAddress.of(config, url), config.tls());
    return new RunningServer(url, adminUrl, parts);
  }

  private static LogOrigin newLog(ServerIdentity identity, String host) throws StoreException {
    try {
      return identity.newLog(host);
    } catch (IOException e) {
      throw DiskFaults.named(e);
    }
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.add(part);
    return part;
  }

  private static Vertx vertx() {
    FileSystemOptions files =
        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
    return Vertx.vertx(new VertxOptions().setFileSystemOptions(files));
  }

  private URI listen(HttpFront front, ServerIdentity identity) throws IOException {
    Optional<TlsIdentity> tls = config.tls() ? Optional.of(identity.tls()) : Optional.empty();
    HttpServer server = listen(front.server(tls), config.listen());
    HostPort bound = new HostPort(config.listen().host(), server.actualPort());
    return URI.create((config.tls() ? "https://" : "http://") + bound);
  }

  private void dropAbandoned(AttachmentFiles files) {
    Duration kept = Duration.ofDays(ServerLimits.UPLOAD_ABANDONED_DAYS);
    try {
      files.dropAbandoned(config.clock().instant().minus(kept));
    } catch (IOException e) {
      // They cost room only; the next time may do better.
      LOG.warn("abandoned uploads stay: {}", e.getClass().getName());
    }
  }

  private Optional<URI> listenAdmin(Vertx vertx, HttpFront front, BooleanSupplier healthy)
      throws IOException {
    if (config.adminListen().isEmpty()) {
      return Optional.empty();
    }
    HostPort where = config.adminListen().get();
    HttpServer server = listen(AdminFront.server(vertx, healthy, front::metrics), where);
    HostPort bound = new HostPort(where.host(), server.actualPort());
    return Optional.of(URI.create("http://" + bound));
  }

  private HttpServer listen(HttpServer server, HostPort where) throws IOException {
    parts.add(RunningServer.draining(server));
    try {
      return RunningServer.await(server.listen(where.port(), where.host()));
    } catch (Exception e) {
      BindException unusable = new BindException("cannot listen on " + where);
      unusable.initCause(e);
      throw unusable;
    }
  }

  /** Deletes attachments that no change names any more. */
  private static void sweep(Ledger ledger, AttachmentFiles files, SpaceId space)
      throws StoreException, IOException {
    Set<AttachmentId> named = new HashSet<>();
    try (LedgerView view = ledger.store().view()) {
      for (AttachmentId id : view.attachments(space)) {
        if (!view.namings(space, id).isEmpty()) {
          named.add(id);
        }
      }
    }
    files.keepOnly(space, named);
  }
}
