package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.server.RunningServer;
import dev.cairn.server.Server;
import dev.cairn.server.ServerConfig;
import dev.cairn.server.ServerConfig.HostPort;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else answers at the server's address. */
final class WrongKeyTest {

  @TempDir private static Path folder;
  private static CommandSpace space;
  private static RunningServer other;

  @BeforeAll
  static void begin() throws Exception {
    space = CommandSpace.in(folder);
    int port = space.serve(0);
    space.found("desk");
    space.by("desk", "report", "add", "--set", "code=one");
    space.close();
    other =
        Server.start(
            ServerConfig.of(space.path("other")).listen(new HostPort("127.0.0.1", port)).build());
  }

  @AfterAll
  static void end() {
    other.close();
    space.close();
  }

  @Test
  void sync_theServerHasAnotherKey_isRefusedAndTheReportWaits() {
    CommandRun run = space.attempt("sync", "--data", space.at("desk"));
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.errorCode()).isEqualTo("server.wrong-key");
    assertThat(space.by("desk", "report", "list").json().findValuesAsText("state"))
        .containsExactly("saved");
  }

  @Test
  void spaceCreate_theServerHasAnotherKey_isRefusedAndLeavesNothing() {
    CommandRun run =
        space.attempt(
            "space",
            "create",
            "--server-invitation",
            space.at("server/server-invitation"),
            "--data",
            space.at("second"),
            "--name",
            "Second",
            "--as",
            "Lina",
            "--no-recovery");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.errorCode()).isEqualTo("server.wrong-key");
    assertThat(space.path("second")).doesNotExist();
  }
}
