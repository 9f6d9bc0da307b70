package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store's folder is its own: nothing is put there, and nothing but the store is destroyed. */
final class OwnFolderTest {

  @TempDir private static Path folder;
  private static CommandSpace space;

  @BeforeAll
  static void begin() throws Exception {
    space = CommandSpace.in(folder);
    space.serve(0);
    space.found("desk");
    space.join("desk", "reporter", "phone", "burdened", "cut");
    space.run("report", "add", "--set", "code=one", "--data", space.at("phone"));
  }

  @AfterAll
  static void end() {
    space.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "export --data DESK --format jsonl --out DESK/rows.db",
        "bundle export --data PHONE --out PHONE/rows.db",
        "bundle export --data PHONE --out PHONE/../phone/./export",
        "bundle export --data PHONE --out SERVER/answers.bundle",
        "invite --data DESK --role reporter --out PHONE/slot",
        "state --data DESK --dump DESK/ring",
      })
  void output_inAStoresFolder_isRefusedAndTheStoreIsWhole(String line) throws Exception {
    CommandRun run =
        space.attempt(
            line.replace("DESK", space.at("desk"))
                .replace("PHONE", space.at("phone"))
                .replace("SERVER", space.at("server"))
                .split(" "));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.errorCode()).isEqualTo("output.in-store");
    assertThat(space.run("fsck", "--data", space.at("phone")).json().path("ok").asBoolean())
        .isTrue();
  }

  @Test
  void wipe_besideAnotherFile_destroysTheStoreAndSaysWhatIsLeft() throws Exception {
    Path notes = space.path("burdened").resolve("notes.txt");
    Files.writeString(notes, "mine", StandardCharsets.UTF_8);
    CommandRun run = CommandRun.of("wipe", "--data", space.at("burdened"), "--yes", "--forgotten");
    assertThat(run.exit()).isZero();
    assertThat(run.stdout()).contains("1 other files");
    assertThat(space.path("burdened"))
        .isDirectoryNotContaining(file -> !file.endsWith("notes.txt"));
    assertThat(notes).hasContent("mine");
  }

  @Test
  void wipe_cutBesideAnotherFile_isFinishedAndTheFolderCanBeJoinedIn() throws Exception {
    Path cut = space.path("cut");
    Files.createFile(cut.resolve("notes.txt"));
    Files.delete(cut.resolve("slot"));
    CommandRun run = space.run("wipe", "--data", cut.toString(), "--yes");
    assertThat(run.json().path("wiped").asBoolean()).isTrue();
    assertThat(run.json().path("left").asInt()).isEqualTo(1);
    assertThat(cut).isDirectoryNotContaining(file -> !file.endsWith("notes.txt"));
  }

  @Test
  void wipe_cutAtItsLastStep_isDone() throws Exception {
    Path emptied = Files.createDirectory(space.path("emptied"));
    assertThat(space.run("wipe", "--data", emptied.toString(), "--yes").exit()).isZero();
    assertThat(emptied).doesNotExist();
  }

  @Test
  void wipe_ofAServersFolder_touchesNothing() {
    CommandRun run = space.attempt("wipe", "--data", space.at("server"), "--yes", "--forgotten");
    assertThat(run.errorCode()).isEqualTo("store.missing");
    assertThat(space.path("server").resolve("lock")).exists();
  }

  @Test
  void serve_inAFolderOfSomethingElse_isRefusedAndLeavesItAsItWas() throws Exception {
    Path other = Files.createDirectory(space.path("other"));
    Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path notes = Files.createDirectory(other.resolve("notes"));
    CommandRun run = CommandRun.of("serve", "--data", other.toString(), "--listen", "127.0.0.1:0");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.stderr()).contains("store.exists");
    assertThat(other).isDirectoryContaining(notes::equals);
    assertThat(other).isDirectoryNotContaining(file -> !file.equals(notes));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(other)))
        .isEqualTo("rwxr-xr-x");
  }
}
