package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that shows one history to the phone and another to the desk. */
final class ForkedServerTest {

  @TempDir private Path folder;
  private CommandSpace space;
  private int port;

  @BeforeEach
  void begin() throws Exception {
    space = CommandSpace.in(folder);
    port = space.serve(0);
    space.found("desk");
    space.join("desk", "reporter", "phone");
    space.sync("desk", "phone");
  }

  @AfterEach
  void end() {
    space.close();
  }

  private void report(String device) {
    space.run("report", "add", "--set", "code=" + device, "--data", space.at(device));
    space.sync(device);
  }

  private void copy(String from, String to) throws IOException {
    try (Stream<Path> files = Files.walk(space.path(from))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, space.path(to).resolve(space.path(from).relativize(file)));
      }
    }
  }

  private void swap() throws Exception {
    space.close();
    Files.move(space.path("server"), space.path("held"));
    Files.move(space.path("other"), space.path("server"));
    Files.move(space.path("held"), space.path("other"));
    space.serve(port);
  }

  @Test
  void fork_onceSeen_isSaidOfThatServerEverAfter() throws Exception {
    space.close();
    copy("server", "other");
    space.serve(port);
    report("phone");
    swap();
    report("desk");

    CommandRun caught = space.attempt("sync", "--data", space.at("phone"));
    assertThat(caught.exit()).isEqualTo(1);
    assertThat(caught.errorCode()).isEqualTo("server.lies");

    swap();
    CommandRun later = space.run("sync", "--data", space.at("phone"));
    assertThat(later.stderr()).contains("contradicted what it signed");
    CommandRun state = space.run("state", "--data", space.at("phone"));
    assertThat(state.json().path("server_lied").asBoolean()).isTrue();
    CommandRun other = space.run("state", "--data", space.at("desk"));
    assertThat(other.json().has("server_lied")).isFalse();
    assertThat(other.stderr()).isEmpty();
  }
}
