package dev.cairn.server;

import dev.cairn.protocol.invitation.ServerInvitation;
import dev.cairn.server.ledger.Quotas;
import dev.cairn.server.limits.ServerLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A server on loopback over a directory, started and stopped as often as a test likes. */
final class TestServer implements AutoCloseable {

  final Path directory;
  final MutableClock clock = new MutableClock();
  private final boolean tls;
  private Quotas quotas = Quotas.standard();
  private Duration patience = Duration.ofSeconds(ServerLimits.PATIENCE_SECONDS);
  private RunningServer running;

  /** Done when the server gave its process up. */
  final CompletableFuture<Boolean> ended = new CompletableFuture<>();

  TestServer(Path directory, boolean tls) throws Exception {
    this.directory = directory;
    this.tls = tls;
    start();
  }

  TestServer quotas(Quotas value) throws Exception {
    quotas = value;
    restart();
    return this;
  }

  TestServer patience(Duration value) throws Exception {
    patience = value;
    restart();
    return this;
  }

  void start() throws Exception {
    running =
        Server.start(
            ServerConfig.of(directory)
                .tls(tls)
                .clock(clock)
                .quotas(quotas)
                .patience(patience)
                .end(() -> ended.complete(true))
                .adminListen(new ServerConfig.HostPort("127.0.0.1", 0))
                .build());
  }

  void restart() throws Exception {
    running.close();
    start();
  }

  RunningServer running() {
    return running;
  }

  ServerInvitation invitation() throws Exception {
    return ServerInvitation.decode(Files.readAllBytes(directory.resolve("server-invitation")));
  }

  @Override
  public void close() {
    running.close();
  }
}
