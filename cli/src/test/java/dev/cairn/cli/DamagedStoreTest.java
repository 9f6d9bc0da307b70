package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code fsck} tells of a store that is too damaged to open; every other command refuses it. */
final class DamagedStoreTest {

  @TempDir private static Path folder;
  private static CommandSpace space;

  @BeforeAll
  static void begin() throws Exception {
    space = CommandSpace.in(folder);
    space.serve(0);
    space.found("desk");
    space.close();
  }

  @AfterAll
  static void end() {
    space.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rows.db", "slot", "ring"})
  void fsck_aFileIsRubbish_isAProblem(String file) throws Exception {
    String store = copy("rubbish-" + file);
    Files.writeString(Path.of(store, file), "rubbish".repeat(2_000), StandardCharsets.UTF_8);
    isTold(space.attempt("fsck", "--data", store));
  }

  @Test
  void fsck_theRowsAreCut_isAProblem() throws Exception {
    String store = copy("cut");
    Path rows = Path.of(store, "rows.db");
    byte[] whole = Files.readAllBytes(rows);
    Files.write(rows, java.util.Arrays.copyOf(whole, 10_000));
    isTold(space.attempt("fsck", "--data", store));
  }

  @Test
  void fsck_theRowsAreGone_isAProblemAndMakesNoNewOnes() throws Exception {
    String store = copy("gone");
    Files.delete(Path.of(store, "rows.db"));
    isTold(space.attempt("fsck", "--data", store));
    assertThat(Path.of(store, "rows.db")).doesNotExist();
  }

  @Test
  void fsck_theServersRowsAreRubbish_isAProblem() throws Exception {
    String store = copy("damaged-server", "server");
    Files.writeString(Path.of(store, "ledger.sqlite"), "rubbish".repeat(2_000));
    isTold(space.attempt("fsck", "--data", store));
  }

  @Test
  void state_theRowsAreGone_isRefused() throws Exception {
    String store = copy("refused");
    Files.delete(Path.of(store, "rows.db"));
    CommandRun run = space.attempt("state", "--data", store);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.errorCode()).isEqualTo("store.corrupt");
  }

  private static void isTold(CommandRun run) {
    assertThat(run.exit()).as(run.stdout()).isEqualTo(3);
    assertThat(run.json().path("ok").asBoolean(true)).isFalse();
    assertThat(run.json().path("checked").isObject()).isTrue();
    assertThat(run.json().path("problems").path(0).path("kind").asText())
        .isEqualTo("store.corrupt");
    assertThat(run.json().path("problems").path(0).path("where").asText()).isNotEmpty();
  }

  private static String copy(String name) throws Exception {
    return copy(name, "desk");
  }

  private static String copy(String name, String of) throws Exception {
    Path copy = Files.createDirectory(space.path(name));
    try (var files = Files.list(space.path(of))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy.toString();
  }
}
