package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.protocol.roster.Role;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The answers of {@code state} and {@code report show} have all their keys in every store. */
final class WhatAStoreTellsTest {

  private static final String NOTHING =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @TempDir private static Path folder;
  private static CommandSpace space;
  private static JsonNode phoneBefore;
  private static JsonNode serverBefore;
  private static String record;
  private static String other;

  @BeforeAll
  static void begin() throws Exception {
    space = CommandSpace.in(folder);
    space.serve(0);
    space.close();
    serverBefore = space.run("state", "--data", space.at("server")).json();
    space.serve(0);
    space.found("desk");
    space.letIn("desk", Role.REPORTER, "phone");
    phoneBefore = space.run("state", "--data", space.at("phone")).json();
    record = add("place.en=Jableh");
    other = add("code=two");
    space.sync("desk", "phone", "desk");
  }

  private static String add(String value) {
    return space
        .run("report", "add", "--set", value, "--data", space.at("phone"))
        .json()
        .path("record")
        .asText();
  }

  @AfterAll
  static void end() {
    space.close();
  }

  @Test
  void state_beforeContact_saysThatNothingOfTheLogWasSeen() {
    JsonNode log = phoneBefore.path("log");
    assertThat(log.path("generation").isIntegralNumber()).isTrue();
    assertThat(log.path("size").asLong(-1)).isZero();
    assertThat(log.path("root").asText()).isEqualTo(NOTHING);
    assertThat(log.path("cosigners").asLong(-1)).isZero();
  }

  @Test
  void state_ofAServerWithoutSpaces_saysThatNothingIsLogged() {
    assertThat(serverBefore.path("log").path("size").asLong(-1)).isZero();
    assertThat(serverBefore.path("log").path("root").asText()).isEqualTo(NOTHING);
  }

  @Test
  void show_ofAnothersReportAtADesk_tellsWhatIsMerged() {
    JsonNode shown = space.run("report", "show", record, "--data", space.at("desk")).json();
    assertThat(shown.path("record").asText()).isEqualTo(record);
    assertThat(shown.path("state").asText()).isEqualTo("confirmed");
    assertThat(shown.path("sealed").asBoolean(true)).isFalse();
    assertThat(shown.path("questions").isArray()).isTrue();
    assertThat(shown.path("report").path("place").path("en").asText()).isEqualTo("Jableh");
  }

  @Test
  void show_ofAnothersReportThatWasAskedAbout_hasTheQuestion() {
    space.run("review", "send-back", other, "--ask", "when?", "--data", space.at("desk"));
    JsonNode shown = space.run("report", "show", other, "--data", space.at("desk")).json();
    assertThat(shown.path("state").asText()).isEqualTo("sent_back");
    assertThat(shown.path("questions")).hasSize(1);
    JsonNode question = shown.path("questions").path(0);
    assertThat(question.path("ask").asText()).isEqualTo("when?");
    assertThat(question.path("answered").asBoolean(true)).isFalse();
    assertThat(question.path("id").asText()).hasSize(64);
    assertThat(question.path("from").asText()).hasSize(64);
  }

  @Test
  void show_ofALink_isOfNoReport() {
    String link =
        space
            .run("review", "link", record, other, "--as", "distinct", "--data", space.at("desk"))
            .json()
            .path("record")
            .asText();
    CommandRun run = space.attempt("report", "show", link, "--data", space.at("desk"));
    assertThat(run.errorCode()).isEqualTo("record.unknown");
  }

  @Test
  void show_ofAnothersReportAtADeskWithoutJson_tellsTheSame() {
    CommandRun run =
        CommandRun.of(
            "report",
            "show",
            record,
            "--data",
            space.at("desk"),
            "--passphrase-file",
            space.at("passphrase"));
    assertThat(run.stdout()).contains(record, "confirmed", "Jableh");
  }
}
