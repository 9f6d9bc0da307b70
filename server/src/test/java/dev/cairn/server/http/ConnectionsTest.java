package dev.cairn.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over real sockets: a server that answers everything. */
class ConnectionsTest {

  private final Connections connections = new Connections(2);
  private final Vertx vertx = Vertx.vertx();
  private final List<Socket> sockets = new ArrayList<>();
  private int port;

  @BeforeEach
  void listen() throws Exception {
    HttpServer server =
        vertx
            .createHttpServer()
            .connectionHandler(connections::opened)
            .requestHandler(request -> request.response().end("here"));
    port =
        server
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS)
            .actualPort();
  }

  @AfterEach
  void stop() throws Exception {
    for (Socket socket : sockets) {
      socket.close();
    }
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    sockets.add(socket);
    return socket;
  }

  /** Whether a request on this connection is answered. */
  private static boolean answers(Socket socket) {
    try {
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return socket.getInputStream().read(new byte[1000]) > 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void connections_atTheLimit_answered() throws Exception {
    assertThat(answers(connect())).isTrue();
    assertThat(answers(connect())).isTrue();
  }

  @Test
  void connection_oneTooMany_closed() throws Exception {
    answers(connect());
    answers(connect());
    assertThat(answers(connect())).isFalse();
  }

  @Test
  void connection_afterAnotherClosed_answered() throws Exception {
    answers(connect());
    Socket second = connect();
    answers(second);
    second.close();
    while (connections.count() > 1) {
      Thread.onSpinWait();
    }
    assertThat(answers(connect())).isTrue();
  }

  @Test
  void connection_idleOverASpan_closed() throws Exception {
    Socket socket = connect();
    answers(socket);
    connections.sweep();
    connections.sweep();
    assertThat(socket.getInputStream().read()).isNegative();
  }

  @Test
  void connection_newSinceTheLastSweep_kept() throws Exception {
    Socket socket = connect();
    answers(socket);
    connections.sweep();
    assertThat(answers(socket)).isTrue();
  }
}
