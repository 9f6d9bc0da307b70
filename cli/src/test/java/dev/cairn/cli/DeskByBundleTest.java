package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.server.RunningServer;
import dev.cairn.server.Server;
import dev.cairn.server.ServerConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A reporter who never meets a network hands bundles to a desk that has none at the moment either;
 * a second desk hears of all of it from the server alone. Walked once by commands as people type
 * them.
 */
final class DeskByBundleTest {

  @TempDir private static Path folder;
  private static RunningServer server;
  private static CommandRun tooSmall;
  private static JsonNode taken;
  private static JsonNode afterTheDesksWord;
  private static JsonNode afterTheQuestion;
  private static JsonNode afterTheReceipt;
  private static JsonNode synced;
  private static JsonNode receipts;
  private static JsonNode again;
  private static JsonNode deskState;
  private static JsonNode secondState;

  @BeforeAll
  static void walk() throws Exception {
    Files.writeString(folder.resolve("passphrase"), "three stones\n");
    server = Server.start(ServerConfig.of(folder.resolve("server")).build());
    found();
    String record =
        run("report", "add", "--data", at("phone"), "--set", "place.en=Baniyas")
            .json()
            .path("record")
            .asText();
    tooSmall =
        attempt("bundle", "export", "--data", at("phone"), "--out", at("no"), "--max-bytes", "99");
    taken = carry("phone", "desk");
    carry("desk", "phone");
    afterTheDesksWord = listed();
    run("review", "send-back", record, "--ask", "Seen by you?", "--data", at("desk"));
    carry("desk", "phone");
    afterTheQuestion = listed();
    String question =
        run("report", "show", record, "--data", at("phone"))
            .json()
            .path("questions")
            .path(0)
            .path("id")
            .asText();
    run("report", "answer", record, question, "--text", "yes", "--data", at("phone"));
    carry("phone", "desk");
    synced = run("sync", "--data", at("desk")).json();
    receipts = carry("desk", "phone");
    afterTheReceipt = listed();
    again = carry("phone", "desk");
    run("sync", "--data", at("second"));
    run("sync", "--data", at("desk"));
    run("sync", "--data", at("second"));
    deskState = run("state", "--data", at("desk")).json();
    secondState = run("state", "--data", at("second")).json();
  }

  private static void found() {
    run(
        "space",
        "create",
        "--server-invitation",
        at("server/server-invitation"),
        "--data",
        at("desk"),
        "--name",
        "Hands",
        "--as",
        "Lina",
        "--no-recovery");
    invited("coordinator", "second");
    run("sync", "--data", at("desk"));
    run("sync", "--data", at("second"));
    run("sync", "--data", at("desk"));
    for (JsonNode device : run("device", "list", "--data", at("desk")).json()) {
      if (device.path("state").asText().equals("provisional")) {
        String id = device.path("device").asText();
        run("device", "confirm", id, "--data", at("desk"), "--yes");
      }
    }
    run("sync", "--data", at("desk"));
    // Of the reporter's invitation the server hears only when the desk has carried his work on.
    invited("reporter", "phone");
  }

  private static void invited(String role, String name) {
    String file = at("invitation-" + name);
    String code =
        run("invite", "--data", at("desk"), "--role", role, "--out", file)
            .json()
            .path("code")
            .asText();
    run("join", file, "--code", code, "--data", at(name), "--as", name);
  }

  /** Carries a bundle from one store to another. */
  private static JsonNode carry(String from, String to) {
    String file = at("bundle");
    run("bundle", "export", "--data", at(from), "--out", file);
    return run("bundle", "import", file, "--data", at(to)).json();
  }

  private static JsonNode listed() {
    return run("report", "list", "--data", at("phone")).json().path(0);
  }

  @AfterAll
  static void close() {
    if (server != null) {
      server.close();
    }
  }

  private static String at(String name) {
    return folder.resolve(name).toString();
  }

  private static CommandRun attempt(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--passphrase-file", at("passphrase"), "--json"));
    return CommandRun.of(all.toArray(new String[0]));
  }

  private static CommandRun run(String... arguments) {
    CommandRun run = attempt(arguments);
    if (run.exit() != 0) {
      throw new AssertionError(
          String.join(" ", arguments) + ": " + run.exit() + run.stdout() + run.stderr());
    }
    return run;
  }

  @Test
  void bundle_handedToTheDesk_isTakenInAndNothingIsRefused() {
    // admission, epoch of its own circle, session, report
    assertThat(taken.path("new").asInt()).isEqualTo(4);
    assertThat(taken.path("refused").asInt()).isZero();
  }

  @Test
  void bundle_tooSmallForAnything_isRefusedByNameAndLeavesNoFile() {
    assertThat(tooSmall.exit()).isEqualTo(1);
    assertThat(tooSmall.errorCode()).isEqualTo("bundle.too-small");
    assertThat(folder.resolve("no")).doesNotExist();
  }

  @Test
  void desksWord_backByHand_confirmsWhatNoServerHas() {
    assertThat(afterTheDesksWord.path("state").asText()).isEqualTo("confirmed");
    assertThat(afterTheDesksWord.path("sealed").asBoolean()).isFalse();
  }

  @Test
  void question_backByHand_isAsked() {
    assertThat(afterTheQuestion.path("state").asText()).isEqualTo("sent_back");
  }

  @Test
  void sync_ofTheDesk_carriesAllOfItOn() {
    assertThat(synced.path("remaining").asInt()).isZero();
    assertThat(synced.has("refused")).isFalse();
  }

  @Test
  void receipts_backByHand_seal() {
    assertThat(receipts.path("receipts").asInt()).isPositive();
    assertThat(receipts.path("unreconciled").asInt()).isZero();
    assertThat(afterTheReceipt.path("sealed").asBoolean()).isTrue();
    assertThat(afterTheReceipt.path("state").asText()).isEqualTo("confirmed");
  }

  @Test
  void bundle_withNothingNew_bringsNothingNew() {
    assertThat(again.path("new").asInt()).isZero();
  }

  @Test
  void digests_byHandAndByNetwork_areTheSame() {
    assertThat(deskState.path("digests").path("desk").asText())
        .hasSize(64)
        .isEqualTo(secondState.path("digests").path("desk").asText());
    assertThat(deskState.path("set_digest")).isEqualTo(secondState.path("set_digest"));
    assertThat(deskState.path("changes")).isEqualTo(secondState.path("changes"));
  }

  @Test
  void stores_afterwards_areWhole() {
    for (String name : List.of("desk", "second", "phone")) {
      assertThat(run("fsck", "--data", at(name)).json().path("ok").asBoolean()).isTrue();
    }
  }
}
