package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.server.RunningServer;
import dev.cairn.server.Server;
import dev.cairn.server.ServerConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
  private static RunningServer server;
  private static String record;
  private static CommandRun imported;
  private static JsonNode conflicts;
  private static JsonNode conflictsAfterwards;
  private static JsonNode shown;
  private static JsonNode listed;
  private static JsonNode reviewed;

  @BeforeAll
  static void walk() throws Exception {
    Files.writeString(folder.resolve("passphrase"), "three stones\n");
    server = Server.start(ServerConfig.of(folder.resolve("server")).build());
    found();
    record();
    meet();
    cross();
    ask();
    run("export", "--data", at("desk"), "--format", "jsonl", "--out", at("out.jsonl"));
  }

  @AfterAll
  static void close() {
    if (server != null) {
      server.close();
    }
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
        "Road",
        "--as",
        "Lina",
        "--no-recovery");
    String code =
        run(
                "invite",
                "--data",
                at("desk"),
                "--role",
                "reporter",
                "--uses",
                "2",
                "--out",
                at("invitation"))
            .json()
            .path("code")
            .asText();
    run("join", at("invitation"), "--code", code, "--data", at("omar"), "--as", "Omar");
    run("join", at("invitation"), "--code", code, "--data", at("yara"), "--as", "Yara");
  }

  private static void record() throws Exception {
    Files.writeString(folder.resolve("told.json"), TOLD);
    Files.writeString(folder.resolve("lines.jsonl"), LINES);
    record =
        run("report", "add", "--data", at("omar"), "--in", at("told.json"), "--label", "Qusour")
            .json()
            .path("record")
            .asText();
    imported = attempt("report", "import", at("lines.jsonl"), "--data", at("yara"));
  }

  private static void meet() {
    run("sync", "--data", at("desk"));
    run("sync", "--data", at("omar"));
    run("sync", "--data", at("yara"));
    run("sync", "--data", at("desk"));
  }

  private static void cross() {
    String begins = record.substring(0, 8);
    JsonNode edited =
        run("report", "edit", begins, "--data", at("omar"), "--set", "killed.civilian=6..9").json();
    run("report", "edit", begins, "--data", at("desk"), "--set", "killed.civilian=6..7");
    run("sync", "--data", at("omar"));
    run("sync", "--data", at("desk"));
    conflicts = run("review", "conflicts", "--data", at("desk")).json();
    run(
        "review",
        "resolve",
        begins,
        "killed.civilian",
        "--data",
        at("desk"),
        "--choose",
        edited.path("change").asText(),
        "--reason",
        "he was there");
    conflictsAfterwards = run("review", "conflicts", "--data", at("desk")).json();
  }

  private static void ask() {
    run("review", "send-back", record, "--ask", "Seen by you?", "--data", at("desk"));
    run("sync", "--data", at("desk"));
    run("sync", "--data", at("omar"));
    listed = run("report", "list", "--data", at("omar")).json();
    shown = run("report", "show", record, "--data", at("omar")).json();
    String question = shown.path("questions").path(0).path("id").asText().substring(0, 10);
    run("report", "answer", record, question, "--text", ANSWER, "--data", at("omar"));
    run("sync", "--data", at("omar"));
    run("sync", "--data", at("desk"));
    reviewed = run("review", "show", record, "--data", at("desk")).json();
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
    assertThat(attempt("fsck", "--data", at("desk")).exit()).isZero();
  }

  @Test
  void fsck_ofTheReporter_findsNothing() {
    assertThat(attempt("fsck", "--data", at("omar")).exit()).isZero();
  }

  @Test
  void state_ofTheDesk_hasTheDigestOfItsCircle() {
    JsonNode state = attempt("state", "--data", at("desk")).json();
    assertThat(state.path("digests").path("desk").asText()).hasSize(64);
  }

  @Test
  void join_intoAStoreThatIsThere_isRefused() {
    CommandRun again =
        attempt(
            "join", at("invitation"), "--code", "00000-00000", "--data", at("omar"), "--as", "O");
    assertThat(again.errorCode()).isEqualTo("store.exists");
  }

  @Test
  void state_whileTheServerRuns_triesLater() {
    assertThat(attempt("state", "--data", at("server")).exit()).isEqualTo(75);
  }
}
