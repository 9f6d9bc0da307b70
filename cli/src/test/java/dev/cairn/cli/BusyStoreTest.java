package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.Device;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.StoreException.Reason;
import dev.cairn.protocol.roster.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A second process on one store, and a wrong passphrase: refused, and not a byte changes. */
final class BusyStoreTest {

  @TempDir private static Path folder;
  private static CommandSpace space;
  private static String record;
  private static int port;

  @BeforeAll
  static void begin() throws Exception {
    space = CommandSpace.in(folder);
    port = space.serve(0);
    space.found("desk");
    space.letIn("desk", Role.REPORTER, "phone");
    record =
        space
            .run("report", "add", "--set", "code=one", "--data", space.at("phone"))
            .json()
            .path("record")
            .asText();
    Files.writeString(space.path("wrong"), "four stones\n");
    Files.writeString(space.path("lines.jsonl"), "{\"code\":\"two\"}\n");
  }

  @AfterAll
  static void end() {
    space.close();
  }

  private static Map<String, String> files(String of) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (var all = Files.walk(space.path(of))) {
      for (Path file : (Iterable<Path>) all.filter(BusyStoreTest::hasContent)::iterator) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        files.put(file.toString(), content);
      }
    }
    return files;
  }

  /** Not the lock: a process that closes its file gives up its own lock. */
  private static boolean hasContent(Path file) {
    return Files.isRegularFile(file) && !file.endsWith("lock");
  }

  private static String[] words(String line) {
    return line.replace("PHONE", space.at("phone"))
        .replace("RECORD", record)
        .replace("FOLDER", folder.toString())
        .split(" ");
  }

  private static Device open() throws Exception {
    return space.open("phone");
  }

  @Test
  void store_openInAnotherProcess_triesLaterAndChangesNothing() throws Exception {
    try (Device held = open()) {
      Map<String, String> before = files("phone");
      CommandRun run =
          CairnProcess.run(
              words(
                  "report import FOLDER/lines.jsonl --data PHONE"
                      + " --passphrase-file FOLDER/passphrase --json"));
      assertThat(run.exit()).isEqualTo(75);
      assertThat(run.errorCode()).isEqualTo("store.busy");
      assertThat(files("phone")).isEqualTo(before);
      assertThat(held.list()).hasSize(1);
    }
  }

  @Test
  void store_openedTwiceHere_staysHeldAgainstOthers() throws Exception {
    try (Device held = open()) {
      assertThatThrownBy(BusyStoreTest::open)
          .isInstanceOfSatisfying(
              StoreException.class, busy -> assertThat(busy.reason()).isEqualTo(Reason.BUSY));
      CommandRun run =
          CairnProcess.run(
              words("report list --data PHONE --passphrase-file FOLDER/passphrase --json"));
      assertThat(run.exit()).isEqualTo(75);
      assertThat(held.list()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sync --data PHONE", "wipe --yes --data PHONE", "report list --data PHONE"})
  void store_openElsewhere_triesLater(String line) throws Exception {
    try (Device held = open()) {
      CommandRun run = space.attempt(words(line));
      assertThat(run.exit()).isEqualTo(75);
      assertThat(run.errorCode()).isEqualTo("store.busy");
      assertThat(held.fsck().problems()).isEmpty();
    }
  }

  @Test
  void serve_whereAnotherListens_namesTheAddress() throws Exception {
    String taken = "127.0.0.1:" + port;
    CommandRun run =
        CommandRun.of("serve", "--data", space.at("other"), "--listen", taken, "--json");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.errorCode()).isEqualTo("address.unusable");
    assertThat(run.stdout()).contains(taken);
  }

  @Test
  void serve_whereAServerRuns_triesLaterAndChangesNothing() throws Exception {
    assertThat(space.attempt("state", "--data", space.at("server")).exit()).isEqualTo(75);
    CommandRun run =
        CairnProcess.run(
            "serve", "--data", space.at("server"), "--listen", "127.0.0.1:0", "--json");
    assertThat(run.exit()).isEqualTo(75);
    assertThat(run.errorCode()).isEqualTo("store.busy");
    assertThat(space.attempt("sync", "--data", space.at("desk")).exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "state --data PHONE",
        "report import FOLDER/lines.jsonl --data PHONE",
        "report attach RECORD FOLDER/lines.jsonl --data PHONE",
        "sync --data PHONE",
        "bundle export --data PHONE --out FOLDER/bundle"
      })
  void passphrase_wrong_isRefusedAndChangesNothing(String line) throws Exception {
    Map<String, String> before = files("phone");
    String[] words = words(line + " --passphrase-file FOLDER/wrong --json");
    CommandRun run = CommandRun.of(words);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.errorCode()).isEqualTo("keys.locked");
    assertThat(files("phone")).isEqualTo(before);
    assertThat(folder.resolve("bundle")).doesNotExist();
  }
}
