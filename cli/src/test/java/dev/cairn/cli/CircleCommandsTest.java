package dev.cairn.cli;

import static dev.cairn.cli.CrossingWork.KARIM;
import static dev.cairn.cli.CrossingWork.LINA;
import static dev.cairn.cli.CrossingWork.OMAR;
import static dev.cairn.cli.CrossingWork.SAMIR;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.client.Device;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.roster.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Circles by commands. Lina, Karim and Samir coordinate; Omar and Rana report. */
@ExtendWith(CrossingWork.Recorded.class)
final class CircleCommandsTest {

  private static final String RANA = "rana";

  @TempDir private Path folder;
  private CommandSpace space;
  private CrossingWork work;

  @BeforeEach
  void begin(CrossingWork made) throws Exception {
    work = made;
    space = work.copy(Files.createDirectory(folder.resolve("space")));
    space.serve(work.port());
    space.letIn(LINA, Role.REPORTER, RANA);
    space.sync(LINA, RANA, OMAR, LINA);
    confirm(OMAR);
    confirm(RANA);
    space.sync(LINA);
  }

  @AfterEach
  void end() {
    space.close();
  }

  private String id(String name) {
    for (JsonNode each : space.by(LINA, "device", "list").json()) {
      if (each.path("pseudonym").asText().equals(name)) {
        return each.path("device").asText();
      }
    }
    throw new AssertionError(name + " is not in");
  }

  private JsonNode confirm(String name, String... more) {
    List<String> words = new ArrayList<>(List.of("device", "confirm", id(name), "--yes"));
    words.addAll(List.of(more));
    return space.by(LINA, words.toArray(new String[0])).json();
  }

  private JsonNode circle(String by, String name) {
    for (JsonNode each : space.by(by, "circle", "list").json()) {
      if (each.path("name").asText().equals(name)) {
        return each;
      }
    }
    throw new AssertionError(by + " knows no circle " + name);
  }

  private String report(String by, String place, String... circles) {
    List<String> words = new ArrayList<>(List.of("report", "add", "--set", "place.en=" + place));
    for (String circle : circles) {
      words.addAll(List.of("--circle", circle));
    }
    return space.by(by, words.toArray(new String[0])).json().path("record").asText();
  }

  private String digest(String name, String circle) {
    return space.by(name, "state").json().path("digests").path(circle).asText();
  }

  private List<String> listed(String name) {
    List<String> records = new ArrayList<>();
    space
        .by(name, "report", "list")
        .json()
        .forEach(each -> records.add(each.path("record").asText()));
    return records;
  }

  @Test
  void team_ofTwoReporters_writesAndReadsTogether_untilOneIsTakenOut() throws Exception {
    CommandRun made = space.by(LINA, "circle", "create", "north", id(OMAR), id(RANA));
    assertThat(made.stderr()).contains("lists the organisation");
    space.sync(LINA, OMAR, RANA);
    String first = report(OMAR, "Homs", "north");
    String second = report(RANA, "Hama", "north", "desk");
    space.sync(OMAR, RANA, OMAR, LINA, KARIM);

    assertThat(digest(OMAR, "north"))
        .isEqualTo(digest(RANA, "north"))
        .isEqualTo(digest(LINA, "north"));
    assertThat(listed(OMAR)).contains(first, second);
    assertThat(space.by(RANA, "report", "show", first).json().at("/report/place/en").asText())
        .isEqualTo("Homs");
    assertThat(listed(KARIM)).contains(second).doesNotContain(first);

    space.by(LINA, "circle", "remove", "north", id(RANA).substring(0, 10));
    space.sync(LINA, OMAR, RANA);
    String third = report(OMAR, "Idlib", "north");
    space.sync(OMAR, RANA, LINA);

    assertThat(listed(RANA)).contains(first, second).doesNotContain(third);
    assertThat(listed(LINA)).contains(third);
    assertThat(space.by(RANA, "state").json().path("digests").has("north")).isFalse();
    assertThat(circle(RANA, "north").path("member").asBoolean(true)).isFalse();
    assertThat(space.by(RANA, "fsck").json().path("ok").asBoolean()).isTrue();
  }

  @Test
  void coordinator_fromToday_readsNothingOlder_andTakesNobodysConfirmationAway() throws Exception {
    String before = report(OMAR, "Homs");
    space.sync(OMAR, LINA, OMAR);
    space.letIn(LINA, Role.COORDINATOR, "dalia");
    space.sync(LINA, "dalia", LINA);

    JsonNode confirmed = confirm("dalia", "--archive", "from-today");
    assertThat(confirmed.path("archive").asText()).isEqualTo("from-today");
    space.sync(LINA, "dalia", OMAR);
    String after = report(OMAR, "Hama");
    space.sync(OMAR, "dalia", OMAR);

    assertThat(listed("dalia")).containsExactly(after);
    assertThat(space.by("dalia", "fsck").json().path("ok").asBoolean()).isTrue();
    for (JsonNode each : space.by(OMAR, "report", "list").json()) {
      if (List.of(before, after).contains(each.path("record").asText())) {
        assertThat(each.path("state").asText()).isEqualTo("confirmed");
      }
    }
    assertThat(circle("dalia", "desk").path("opens").asBoolean()).isTrue();

    space.by(LINA, "circle", "add", "desk", id("dalia"), "--archive", "all");
    space.sync(LINA, "dalia", LINA);
    assertThat(listed("dalia")).contains(before, after);
    assertThat(digest("dalia", "desk")).isEqualTo(digest(LINA, "desk"));
  }

  @Test
  void desk_thatLacksTheNewestKeys_isToldSoEverywhere_untilSomebodyMendsIt() throws Exception {
    try (Device karim = work.stores().open(space.path(KARIM));
        Device samir = work.stores().open(space.path(SAMIR));
        Device lina = work.stores().open(space.path(LINA))) {
      CircleId desk = karim.roster().desk().orElseThrow();
      List<StatementId> seating =
          karim.roster().circle(desk).orElseThrow().current().stream()
              .map(epoch -> StatementId.of(epoch.id().bytes()))
              .toList();
      work.stores().openUnaware(karim, desk, List.of(lina.profile().device()), seating);
      assertThat(samir.profile().role()).isEqualTo(Role.COORDINATOR);
    }
    space.sync(KARIM);
    CommandRun sync = space.by(SAMIR, "sync");
    CommandRun state = space.by(SAMIR, "state");
    CommandRun list = space.by(SAMIR, "circle", "list");

    String said = "cannot read the newest keys of desk";
    assertThat(sync.json().path("unread_keys").path(0).asText()).isEqualTo("desk");
    assertThat(state.json().path("unread_keys").path(0).asText()).isEqualTo("desk");
    assertThat(sync.stderr()).contains(said);
    assertThat(state.stderr()).contains(said);
    assertThat(list.stderr()).contains(said);
    assertThat(circle(SAMIR, "desk").path("opens").asBoolean(true)).isFalse();

    space.sync(LINA, SAMIR);
    assertThat(space.by(SAMIR, "state").json().has("unread_keys")).isFalse();
    assertThat(circle(SAMIR, "desk").path("opens").asBoolean()).isTrue();
  }

  @Test
  void keysGivenByTwoAtOnce_endInOneChoiceForAll() throws Exception {
    space.by(LINA, "circle", "rekey", "desk");
    space.by(KARIM, "circle", "rekey", "desk");
    space.sync(KARIM, LINA, KARIM, SAMIR, OMAR);
    String report = report(OMAR, "Homs");
    space.sync(OMAR, LINA, KARIM, SAMIR);

    for (String name : List.of(LINA, KARIM, SAMIR)) {
      assertThat(listed(name)).contains(report);
      assertThat(circle(name, "desk").path("keys").asInt()).isEqualTo(2);
    }
    space.by(SAMIR, "circle", "rekey", "desk");
    assertThat(circle(SAMIR, "desk").path("keys").asInt()).isEqualTo(1);
  }

  @Test
  void mistakes_areRefused_andChangeNothing() throws Exception {
    space.by(LINA, "circle", "create", "north", id(OMAR));
    String before = space.by(LINA, "circle", "list").stdout();

    refused("circle.taken", "create", "north", id(OMAR));
    refused("circle.name", "create", "own", id(OMAR));
    refused("circle.unknown", "rekey", "south");
    refused("device.unknown", "add", "north", "zz");
    refused("circle.own", "rekey", "own");
    refused("circle.desk", "add", "desk", id(OMAR));
    refused("circle.desk", "remove", "desk", id(KARIM));
    refused("circle.stranger", "remove", "north", id(RANA));
    assertThat(space.attempt("circle", "add", "north", "--data", space.at(LINA)).exit())
        .isEqualTo(2);
    assertThat(
            space
                .attempt(
                    "circle",
                    "add",
                    "north",
                    id(RANA),
                    "--archive",
                    "some",
                    "--data",
                    space.at(LINA))
                .exit())
        .isEqualTo(2);
    assertThat(space.by(LINA, "circle", "list").stdout()).isEqualTo(before);
  }

  private void refused(String code, String... words) {
    List<String> all = new ArrayList<>(List.of("circle"));
    all.addAll(List.of(words));
    all.addAll(List.of("--data", space.at(LINA)));
    CommandRun run = space.attempt(all.toArray(new String[0]));
    assertThat(run.errorCode()).isEqualTo(code);
    assertThat(run.exit()).isEqualTo(1);
  }
}
