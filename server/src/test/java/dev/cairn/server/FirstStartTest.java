package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.server.ServerConfig.HostPort;
import dev.cairn.server.directory.ServerDirectory;
import dev.cairn.server.directory.StoreBusyException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that fails: the first leaves nothing behind, a later one everything. */
class FirstStartTest {

  @TempDir Path folder;

  private static ServerConfig on(Path data, int port) {
    return ServerConfig.of(data).listen(new HostPort("127.0.0.1", port)).build();
  }

  private static ServerSocket takenPort() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @Test
  void firstStart_thatFails_leavesNothing() throws Exception {
    Path data = folder.resolve("data");
    try (ServerSocket taken = takenPort()) {
      assertThatThrownBy(() -> Server.start(on(data, taken.getLocalPort())))
          .isInstanceOf(IOException.class);
    }
    assertThat(data).doesNotExist();
    Server.start(on(data, 0)).close();
  }

  @Test
  void laterStart_thatFails_leavesEverything() throws Exception {
    Path data = folder.resolve("data");
    Server.start(on(data, 0)).close();
    byte[] key = Files.readAllBytes(data.resolve("keys/tls.key.pem"));
    try (ServerSocket taken = takenPort()) {
      assertThatThrownBy(() -> Server.start(on(data, taken.getLocalPort())))
          .isInstanceOf(IOException.class);
    }
    assertThat(data.resolve("keys/tls.key.pem")).hasBinaryContent(key);
    assertThat(data.resolve("ledger.sqlite")).exists();
  }

  @Test
  void directory_askedForTwice_staysHeldByTheFirst() throws Exception {
    Path data = folder.resolve("data");
    try (ServerDirectory held = ServerDirectory.hold(data)) {
      assertThatThrownBy(() -> ServerDirectory.hold(data)).isInstanceOf(StoreBusyException.class);
      assertThatThrownBy(() -> ServerDirectory.hold(data)).isInstanceOf(StoreBusyException.class);
      assertThat(held.ledger().getParent()).isEqualTo(data);
    }
    ServerDirectory.hold(data).close();
  }
}
