package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The road, walked once by commands as people type them: a server, a desk, two reporters, an edit
 * that crosses another, a decision, a question. Each test looks at one thing that came of it.
 */
final class RoadTest {

  private static final String TOLD =
      "{\"code\":\"R1\",\"date\":\"2025-03-07\",\"place\":{\"en\":\"Baniyas\",\"ar\":\"بانياس\","
          + "\"region\":null,\"latitude\":35.18150,\"longitude\":35.9488},"
          + "\"killed\":{\"civilian\":{\"min\":5,\"max\":7}},\"injured\":{},\"unheard_of\":[1,2.50]}";
  private static final String LINES =
      """
      {"code":"Y1","date":"2025-03-08"}
      {"code":"Y2","date":"2025-02-30"}

      {"code":"Y3","killed":{"civilian":{"min":1,"max":2}}}
      """;
  private static final String ANSWER = "رأيت ستة بنفسي";

  @TempDir private static Path folder;
  private static CommandSpace space;
  private static String record;
  private static CommandRun imported;
  private static JsonNode conflicts;
  private static JsonNode conflictsAfterwards;
  private static JsonNode shown;
  private static JsonNode listed;
  private static JsonNode reviewed;

  @BeforeAll
  static void walk() throws Exception {
    space = CommandSpace.in(folder);
    space.serve(0);
    space.found("desk");
    space.join("desk", "reporter", "omar", "yara");
    record();
    space.sync("desk", "omar", "yara", "desk");
    cross();
    ask();
    space.by("desk", "export", "--format", "jsonl", "--out", space.at("out.jsonl"));
  }

  @AfterAll
  static void close() {
    if (space != null) {
      space.close();
    }
  }

  private static void record() throws Exception {
    Files.writeString(folder.resolve("told.json"), TOLD);
    Files.writeString(folder.resolve("lines.jsonl"), LINES);
    record =
        space
            .by("omar", "report", "add", "--in", space.at("told.json"), "--label", "Qusour")
            .json()
            .path("record")
            .asText();
    imported =
        space.attempt("report", "import", space.at("lines.jsonl"), "--data", space.at("yara"));
  }

  private static void cross() {
    String begins = record.substring(0, 8);
    JsonNode edited =
        space.by("omar", "report", "edit", begins, "--set", "killed.civilian=6..9").json();
    space.by("desk", "report", "edit", begins, "--set", "killed.civilian=6..7");
    space.sync("omar", "desk");
    conflicts = space.by("desk", "review", "conflicts").json();
    space.by(
        "desk",
        "review",
        "resolve",
        begins,
        "killed.civilian",
        "--choose",
        edited.path("change").asText(),
        "--reason",
        "he was there");
    conflictsAfterwards = space.by("desk", "review", "conflicts").json();
  }

  private static void ask() {
    space.by("desk", "review", "send-back", record, "--ask", "Seen by you?");
    space.sync("desk", "omar");
    listed = space.by("omar", "report", "list").json();
    shown = space.by("omar", "report", "show", record).json();
    String question = shown.path("questions").path(0).path("id").asText().substring(0, 10);
    space.by("omar", "report", "answer", record, question, "--text", ANSWER);
    space.sync("omar", "desk");
    reviewed = space.by("desk", "review", "show", record).json();
  }

  @Test
  void import_oneLineImpossible_exitsThree() {
    assertThat(imported.exit()).isEqualTo(3);
  }

  @Test
  void import_oneLineImpossible_acceptsTheOthers() {
    assertThat(imported.json().path("records")).hasSize(2);
  }

  @Test
  void import_oneLineImpossible_namesLineAndField() {
    JsonNode refused = imported.json().path("refused").path(0);
    assertThat(refused.path("line").asInt() + refused.path("field").asText()).isEqualTo("2date");
  }

  @Test
  void report_withReceipt_isSealed() {
    assertThat(shown.path("sealed").asBoolean()).isTrue();
  }

  @Test
  void report_sealed_keepsItsLabel() {
    assertThat(shown.path("label").asText()).isEqualTo("Qusour");
  }

  @Test
  void report_sealed_showsNothingItSays() {
    assertThat(shown.has("report")).isFalse();
  }

  @Test
  void report_askedAbout_isSentBack() {
    assertThat(listed.path(0).path("state").asText()).isEqualTo("sent_back");
  }

  @Test
  void question_ofTheDesk_reachesTheReporter() {
    assertThat(shown.path("questions").path(0).path("ask").asText()).isEqualTo("Seen by you?");
  }

  @Test
  void answer_ofTheReporter_reachesTheDesk() {
    assertThat(reviewed.path("statements").findValuesAsText("text")).contains(ANSWER);
  }

  @Test
  void conflicts_ofCrossingEdits_areOneField() {
    assertThat(conflicts.findValuesAsText("field")).containsExactly("killed.civilian");
  }

  @Test
  void conflicts_ofCrossingEdits_nameTwoSigners() {
    assertThat(conflicts.path(0).path("values").findValuesAsText("member"))
        .doesNotHaveDuplicates()
        .hasSize(2);
  }

  @Test
  void conflicts_decided_areGone() {
    assertThat(conflictsAfterwards).isEmpty();
  }

  @Test
  void export_ofAnEditedReport_keepsEveryOtherCharacter() throws Exception {
    String exported =
        Files.readAllLines(folder.resolve("out.jsonl"), StandardCharsets.UTF_8).stream()
            .filter(line -> line.contains("\"R1\""))
            .findFirst()
            .orElseThrow();
    assertThat(exported)
        .startsWith(
            TOLD.substring(0, TOLD.length() - 1)
                .replace("\"min\":5,\"max\":7", "\"min\":6,\"max\":9"));
  }

  @Test
  void fsck_ofTheDesk_findsNothing() {
    assertThat(space.attempt("fsck", "--data", space.at("desk")).exit()).isZero();
  }

  @Test
  void fsck_ofTheReporter_findsNothing() {
    assertThat(space.attempt("fsck", "--data", space.at("omar")).exit()).isZero();
  }

  @Test
  void state_ofTheDesk_hasTheDigestOfItsCircle() {
    JsonNode state = space.attempt("state", "--data", space.at("desk")).json();
    assertThat(state.path("digests").path("desk").asText()).hasSize(64);
  }

  @Test
  void join_intoAStoreThatIsThere_isRefused() {
    CommandRun again =
        space.attempt(
            "join",
            space.at("invitation-reporter"),
            "--code",
            "00000-00000",
            "--data",
            space.at("omar"),
            "--as",
            "O");
    assertThat(again.errorCode()).isEqualTo("store.exists");
  }

  @Test
  void state_whileTheServerRuns_triesLater() {
    assertThat(space.attempt("state", "--data", space.at("server")).exit()).isEqualTo(75);
  }
}
