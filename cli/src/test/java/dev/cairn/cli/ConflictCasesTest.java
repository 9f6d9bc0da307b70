package dev.cairn.cli;

import static dev.cairn.cli.CrossingWork.KARIM;
import static dev.cairn.cli.CrossingWork.LINA;
import static dev.cairn.cli.CrossingWork.OMAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The cases of crossing work that must come out exactly so, told by commands to two desks. Each
 * case has a field of its own in one record (a retraction its own record), so that they also show
 * not to disturb each other.
 */
@ExtendWith(CrossingWork.Recorded.class)
final class ConflictCasesTest {

  @TempDir private static Path folder;
  private static CrossingWork work;
  private static CommandSpace space;
  private static String told;
  private static String takenBack;
  private static JsonNode shownToOmar;
  private static final Map<String, Seen> seen = new ConcurrentHashMap<>();

  /** What one desk answers in the end. */
  private record Seen(
      JsonNode conflicts, JsonNode told, JsonNode takenBack, JsonNode list, JsonNode state) {}

  @BeforeAll
  static void walk(CrossingWork recorded) throws Exception {
    work = recorded;
    told = work.told();
    takenBack = work.takenBack();
    space = work.copy(folder);
    space.serve(work.port());
    space.sync(OMAR, LINA);
    afterwards();
    space.sync(LINA, KARIM, LINA);
    CommandSpace.together(
        List.of(LINA, KARIM),
        name -> settle(name, "type_of_act", "--value", name.equals(LINA) ? "raid" : "shelling"));
    space.sync(LINA, KARIM, LINA, KARIM, OMAR);
    shownToOmar = space.run("report", "show", told, "--data", space.at(OMAR)).json();
    CommandSpace.together(List.of(LINA, KARIM), name -> seen.put(name, look(name)));
  }

  @AfterAll
  static void close() {
    if (space != null) {
      space.close();
    }
  }

  /** Lina has seen what Omar said, and knows nothing of Karim. */
  private static void afterwards() {
    CrossingWork.say(space, told, LINA, "time_of_day=morning");
    settle(LINA, "date", "--choose", work.change(OMAR, "first"));
    settle(LINA, "verification", "--choose", work.change(LINA, "first"));
  }

  private static void settle(String name, String field, String option, String value) {
    space.run(
        "review",
        "resolve",
        told,
        field,
        option,
        value,
        "--reason",
        "asked",
        "--data",
        space.at(name));
  }

  private static Seen look(String name) {
    String data = space.at(name);
    return new Seen(
        space.run("review", "conflicts", "--data", data).json(),
        space.run("review", "show", told, "--data", data).json(),
        space.run("review", "show", takenBack, "--data", data).json(),
        space.run("report", "list", "--data", data).json(),
        space.run("state", "--data", data).json());
  }

  /** The fields of the record that are in conflict, each with its rule. */
  private static Map<String, String> conflicts(String desk, String record) {
    Map<String, String> rules = new LinkedHashMap<>();
    for (JsonNode conflict : seen.get(desk).conflicts()) {
      if (conflict.path("record").asText().equals(record)) {
        assertThat(rules.put(conflict.path("field").asText(), conflict.path("rule").asText()))
            .isNull();
      }
    }
    return rules;
  }

  private static JsonNode conflict(String desk, String record, String field) {
    for (JsonNode conflict : seen.get(desk).conflicts()) {
      if (conflict.path("record").asText().equals(record)
          && conflict.path("field").asText().equals(field)) {
        return conflict;
      }
    }
    throw new AssertionError(field + " is not in conflict");
  }

  /** Who signed which value of a conflict, decisions apart from what was stated. */
  private static List<String> sides(String desk, String record, String field) {
    List<String> sides = new ArrayList<>();
    for (JsonNode side : conflict(desk, record, field).path("values")) {
      String name = work.name(side.path("member").asText());
      String decided = side.path("decision").asBoolean() ? " decided " : " ";
      sides.add(name + decided + side.path("value").asText());
    }
    return sides;
  }

  private static JsonNode field(JsonNode record, String name) {
    for (JsonNode field : record.path("fields")) {
      if (field.path("field").asText().equals(name)) {
        return field;
      }
    }
    throw new AssertionError("nobody stated " + name);
  }

  /** Status of a field, the value it shows, and who said which value, in order of the clocks. */
  private static List<String> story(String desk, String name) {
    JsonNode field = field(seen.get(desk).told(), name);
    List<String> story = new ArrayList<>();
    story.add(field.path("status").asText() + ": " + field.path("shown").asText());
    for (JsonNode said : field.path("said")) {
      story.add(work.name(said.path("member").asText()) + " " + said.path("value").asText());
    }
    return story;
  }

  @ParameterizedTest
  @ValueSource(strings = {LINA, KARIM})
  void conflicts_ofAllCases_areTheseAndNothingElse(String desk) {
    assertThat(conflicts(desk, told))
        .containsOnly(
            entry("evidence_grade", "concurrent"),
            entry("time_of_day", "correction"),
            entry("place.en", "concurrent"),
            entry("verification", "reopened"),
            entry("type_of_act", "decisions-in-conflict"));
  }

  @ParameterizedTest
  @ValueSource(strings = {LINA, KARIM})
  void edits_ofDifferentFieldsByDifferentPeople_standSideBySide(String desk) {
    assertThat(story(desk, "cause")).containsExactly("agreed: gunfire", "omar gunfire");
    assertThat(story(desk, "method")).containsExactly("agreed: rifle", "lina rifle");
  }

  @ParameterizedTest
  @ValueSource(strings = {LINA, KARIM})
  void sameField_equalValues_isAgreedByBoth(String desk) {
    assertThat(story(desk, "attribution"))
        .containsExactlyInAnyOrder("agreed: unknown", "omar unknown", "lina unknown");
  }

  @ParameterizedTest
  @ValueSource(strings = {LINA, KARIM})
  void sameField_neitherSawTheOther_hasBothValuesWithTheirSigners(String desk) {
    assertThat(sides(desk, told, "evidence_grade")).containsExactlyInAnyOrder("omar B2", "lina C3");
    for (JsonNode side : conflict(desk, told, "evidence_grade").path("values")) {
      assertThat(side.path("seen")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {LINA, KARIM})
  void sameField_theLaterHadSeenTheFirst_namesWhatItsAuthorHadSeen(String desk) {
    assertThat(sides(desk, told, "time_of_day"))
        .containsExactlyInAnyOrder("omar dawn", "lina morning");
    Map<String, String> seenBy = new TreeMap<>();
    for (JsonNode side : conflict(desk, told, "time_of_day").path("values")) {
      seenBy.put(side.path("value").asText(), side.path("seen").toString());
    }
    assertThat(seenBy)
        .containsOnly(
            entry("dawn", "[]"), entry("morning", "[\"" + work.change(OMAR, "first") + "\"]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {LINA, KARIM})
  void sameField_theLaterHadSeenTheFirst_showsTheLater(String desk) {
    assertThat(conflict(desk, told, "time_of_day").path("shown").asText()).isEqualTo("morning");
  }

  @ParameterizedTest
  @ValueSource(strings = {LINA, KARIM})
  void sameField_threeWays_hasThreeValues(String desk) {
    assertThat(sides(desk, told, "place.en"))
        .containsExactlyInAnyOrder("omar Baniyas", "lina Tartus", "karim Jableh");
  }

  @ParameterizedTest
  @ValueSource(strings = {LINA, KARIM})
  void sameMember_editsTwice_keepsHistory(String desk) {
    assertThat(story(desk, "place.region"))
        .containsExactly("agreed: Latakia", "omar Tartus", "omar Latakia");
  }

  @ParameterizedTest
  @ValueSource(strings = {LINA, KARIM})
  void edit_againstRetraction_isTheOnlyConflictOfItsRecord(String desk) {
    assertThat(conflicts(desk, takenBack)).containsOnly(entry("record", "concurrent"));
  }

  @ParameterizedTest
  @ValueSource(strings = {LINA, KARIM})
  void edit_againstRetraction_keepsBothForReview(String desk) {
    assertThat(sides(desk, takenBack, "record"))
        .containsExactlyInAnyOrder("omar retracted", "lina kept");
    assertThat(seen.get(desk).takenBack().path("visible").asBoolean()).isTrue();
    assertThat(seen.get(desk).takenBack().path("retractions").findValuesAsText("reason"))
        .containsExactly("not mine");
    assertThat(field(seen.get(desk).takenBack(), "cause").path("shown").asText()).isEqualTo("fire");
  }

  @ParameterizedTest
  @ValueSource(strings = {LINA, KARIM})
  void decision_afterSync_settlesTheFieldEverywhere(String desk) {
    assertThat(story(desk, "date"))
        .containsExactlyInAnyOrder("decided: 2025-03-07", "omar 2025-03-07", "lina 2025-03-08");
  }

  @ParameterizedTest
  @ValueSource(strings = {LINA, KARIM})
  void decision_afterSync_isSignedAndSaysWhy(String desk) {
    JsonNode decisions = field(seen.get(desk).told(), "date").path("decisions");
    assertThat(decisions).hasSize(1);
    assertThat(work.name(decisions.path(0).path("member").asText())).isEqualTo(LINA);
    assertThat(decisions.path(0).path("reason").asText()).isEqualTo("asked");
  }

  @ParameterizedTest
  @ValueSource(strings = {LINA, KARIM})
  void lateThirdValue_afterTheDecision_standsBesideWhatWasDecided(String desk) {
    assertThat(sides(desk, told, "verification"))
        .containsExactlyInAnyOrder(
            "omar likely", "lina possible", "lina decided possible", "karim unlikely");
  }

  @ParameterizedTest
  @ValueSource(strings = {LINA, KARIM})
  void desks_decidingDifferentlyAtOnce_areBothNamed(String desk) {
    assertThat(sides(desk, told, "type_of_act"))
        .containsExactlyInAnyOrder(
            "omar raid", "lina abduction", "lina decided raid", "karim decided shelling");
  }

  @ParameterizedTest
  @ValueSource(strings = {LINA, KARIM})
  void list_ofADesk_countsTheConflictsOfEachReport(String desk) {
    Map<String, Integer> counts = new TreeMap<>();
    seen.get(desk)
        .list()
        .forEach(line -> counts.put(line.path("record").asText(), line.path("conflicts").asInt()));
    assertThat(counts).containsOnly(entry(told, 5), entry(takenBack, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {LINA, KARIM})
  void state_ofADesk_countsReportsAndConflicts(String desk) {
    JsonNode state = seen.get(desk).state();
    assertThat(state.path("records").asInt()).isEqualTo(2);
    assertThat(state.path("conflicts").asInt()).isEqualTo(6);
    assertThat(state.path("pending").asInt()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"digests/desk", "set_digest", "changes"})
  void desks_afterTheSameWork_haveTheSame(String what) {
    JsonNode one = seen.get(LINA).state().at("/" + what);
    assertThat(one.isMissingNode()).isFalse();
    assertThat(seen.get(KARIM).state().at("/" + what)).isEqualTo(one);
  }

  @Test
  void decisions_aboutAReport_reachItsReporter() {
    List<String> told = new ArrayList<>();
    for (JsonNode decision : shownToOmar.path("decisions")) {
      told.add(decision.path("field").asText() + " " + decision.path("value").asText("chosen"));
    }
    assertThat(told)
        .containsExactlyInAnyOrder(
            "date chosen", "verification chosen", "type_of_act raid", "type_of_act shelling");
  }

  @Test
  void decision_aboutAReport_namesTheChosenChangeAndTheReasonToItsReporter() {
    JsonNode decision = shownToOmar.path("decisions").path(0);
    assertThat(decision.path("chosen").asText()).isEqualTo(work.change(OMAR, "first"));
    assertThat(decision.path("reason").asText()).isEqualTo("asked");
    assertThat(decision.path("undone").asBoolean()).isFalse();
  }
}
