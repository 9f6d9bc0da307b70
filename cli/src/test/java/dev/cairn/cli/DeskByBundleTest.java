package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.protocol.roster.Role;
import java.nio.file.Path;
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
  private static CommandSpace space;
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
    space = CommandSpace.in(folder);
    space.serve(0);
    found();
    String record =
        space
            .by("phone", "report", "add", "--set", "place.en=Baniyas")
            .json()
            .path("record")
            .asText();
    tooSmall =
        space.attempt(
            "bundle",
            "export",
            "--data",
            space.at("phone"),
            "--out",
            space.at("no"),
            "--max-bytes",
            "99");
    taken = carry("phone", "desk");
    carry("desk", "phone");
    afterTheDesksWord = listed();
    space.by("desk", "review", "send-back", record, "--ask", "Seen by you?");
    carry("desk", "phone");
    afterTheQuestion = listed();
    String question =
        space
            .by("phone", "report", "show", record)
            .json()
            .path("questions")
            .path(0)
            .path("id")
            .asText();
    space.by("phone", "report", "answer", record, question, "--text", "yes");
    carry("phone", "desk");
    synced = space.by("desk", "sync").json();
    receipts = carry("desk", "phone");
    afterTheReceipt = listed();
    again = carry("phone", "desk");
    space.sync("second", "desk", "second");
    deskState = space.by("desk", "state").json();
    secondState = space.by("second", "state").json();
  }

  private static void found() throws Exception {
    space.found("desk");
    space.letIn("desk", Role.COORDINATOR, "second");
    space.sync("desk", "second", "desk");
    for (JsonNode device : space.by("desk", "device", "list").json()) {
      if (device.path("state").asText().equals("provisional")) {
        String id = device.path("device").asText();
        space.by("desk", "device", "confirm", id, "--yes");
      }
    }
    space.sync("desk");
    // Of the reporter's invitation the server hears only when the desk has carried his work on.
    space.letIn("desk", Role.REPORTER, "phone");
  }

  /** Carries a bundle from one store to another. */
  private static JsonNode carry(String from, String to) {
    String file = space.at("bundle");
    space.by(from, "bundle", "export", "--out", file);
    return space.by(to, "bundle", "import", file).json();
  }

  private static JsonNode listed() {
    return space.by("phone", "report", "list").json().path(0);
  }

  @AfterAll
  static void close() {
    if (space != null) {
      space.close();
    }
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
      assertThat(space.by(name, "fsck").json().path("ok").asBoolean()).isTrue();
    }
  }
}
