package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.protocol.roster.Role;
import dev.cairn.server.RunningServer;
import dev.cairn.server.Server;
import dev.cairn.server.ServerConfig;
import dev.cairn.server.ServerConfig.HostPort;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two owners lead the space to two servers at once, neither knowing of the other. */
final class TwoMovesTest {

  @TempDir private Path folder;
  private final List<RunningServer> servers = new ArrayList<>();
  private CommandSpace space;

  @BeforeEach
  void twoOwners() throws Exception {
    space = CommandSpace.in(folder);
    space.serve(0);
    space.foundRecoverable("lina", "Road", "Lina");
    space.letIn("lina", Role.REPORTER, "one", "other");
    space.sync("lina", "one", "other");
    space.by("lina", "bundle", "export", "--for-recovery", "--out", space.at("roster"));
    space.close();
    serve("middle");
    space.run(
        "recover",
        "--recovery",
        space.at("sheet"),
        "--server-invitation",
        space.at("middle/server-invitation"),
        "--from",
        space.at("roster"),
        "--destroyed",
        "--yes",
        "--data",
        space.at("omar"),
        "--as",
        "Omar");
    tell("omar", "lina", "one", "other");
    space.sync("lina", "one", "other", "omar", "lina");
    report("one", "before");
    space.sync("omar", "lina");
    close();
  }

  @AfterEach
  void close() {
    servers.forEach(RunningServer::close);
    servers.clear();
  }

  private void serve(String name) throws Exception {
    ServerConfig.Builder config = ServerConfig.of(space.path(name));
    servers.add(Server.start(config.listen(new HostPort("127.0.0.1", 0)).build()));
  }

  private void report(String phone, String code) {
    space.by(phone, "report", "add", "--set", "code=" + code);
    space.sync(phone);
  }

  private void move(String owner, String server) {
    String file = space.at(server + "/server-invitation");
    space.by(owner, "space", "move", "--server-invitation", file, "--yes");
    space.sync(owner);
  }

  private void tell(String by, String... others) {
    space.by(by, "bundle", "export", "--out", space.at("stick"));
    for (String other : others) {
      space.by(other, "bundle", "import", space.at("stick"));
    }
  }

  private JsonNode state(String name) {
    return space.by(name, "state").json();
  }

  private void isSound(String name) {
    CommandRun run = space.attempt("fsck", "--data", space.at(name));
    assertThat(run.exit()).as(name + run.stdout() + run.stderr()).isZero();
    assertThat(state(name).has("server_lied")).as(name).isFalse();
  }

  @Test
  void everybodyWhoHeardOfBoth_goesToOneServer_withEverything() throws Exception {
    serve("east");
    serve("west");
    move("lina", "east");
    move("omar", "west");
    tell("lina", "one");
    tell("omar", "other");
    report("one", "in the east");
    report("other", "in the west");
    space.sync("lina", "omar");

    tell("lina", "omar", "other");
    tell("omar", "lina", "one");
    for (String name : List.of("lina", "omar", "one", "other")) {
      isSound(name);
    }
    for (int round = 0; round < 2; round++) {
      space.sync("lina", "omar", "one", "other");
    }
    space.sync("lina", "omar");

    Set<String> roots = new HashSet<>();
    for (String name : List.of("lina", "omar")) {
      assertThat(state(name).path("records").asLong()).as(name).isEqualTo(3);
      roots.add(state(name).path("log").path("root").asText());
    }
    assertThat(roots).hasSize(1);
    for (String name : List.of("lina", "omar", "one", "other")) {
      assertThat(state(name).path("log").path("generation").asLong()).as(name).isEqualTo(2);
      assertThat(state(name).path("pending").asLong()).as(name).isZero();
      isSound(name);
    }
  }
}
