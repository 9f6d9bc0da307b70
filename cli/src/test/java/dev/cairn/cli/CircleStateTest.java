package dev.cairn.cli;

import static dev.cairn.cli.CrossingWork.KARIM;
import static dev.cairn.cli.CrossingWork.LINA;
import static dev.cairn.cli.CrossingWork.OMAR;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.client.Device;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.suite.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a store tells of the circles it is in. Lina and Omar have one of their own, court; Omar
 * reports to it and to nobody else, Lina adds to that report, and Karim must not learn of it.
 */
@ExtendWith(CrossingWork.Recorded.class)
final class CircleStateTest {

  private static final String NOTHING = Sha256.of(new byte[0]).toString();

  @TempDir private static Path folder;
  private static CommandSpace space;
  private static String record;
  private static final Map<String, JsonNode> states = new TreeMap<>();

  @BeforeAll
  static void walk(CrossingWork work) throws Exception {
    space = work.copy(Files.createDirectory(folder.resolve("space")));
    openCourt(work);
    space.serve(work.port());
    space.sync(LINA, OMAR);
    record =
        space
            .run(
                "report",
                "add",
                "--data",
                space.at(OMAR),
                "--circle",
                "court",
                "--set",
                "place.en=Homs")
            .json()
            .path("record")
            .asText();
    space.sync(OMAR, LINA);
    CrossingWork.say(space, record, LINA, "place.en=Hama");
    space.sync(LINA, OMAR, KARIM, LINA, KARIM);
    CommandSpace.together(
        List.of(LINA, OMAR, KARIM),
        name -> {
          JsonNode state =
              space
                  .run("state", "--data", space.at(name), "--dump", space.at(name + ".dump"))
                  .json();
          synchronized (states) {
            states.put(name, state);
          }
        });
  }

  private static void openCourt(CrossingWork work) throws Exception {
    byte[] id = new byte[CircleId.SIZE_BYTES];
    Arrays.fill(id, (byte) 7);
    try (Device omar = work.stores().open(space.path(OMAR));
        Device lina = work.stores().open(space.path(LINA))) {
      work.stores()
          .openCircle(
              lina,
              CircleId.of(id),
              "court",
              List.of(lina.profile().device(), omar.profile().device()));
    }
  }

  @AfterAll
  static void close() {
    if (space != null) {
      space.close();
    }
  }

  private static String digest(String name, String circle) {
    return states.get(name).path("digests").path(circle).asText();
  }

  private static List<String> circles(String name) {
    List<String> circles = new ArrayList<>();
    states.get(name).path("digests").fieldNames().forEachRemaining(circles::add);
    return circles;
  }

  private static String hashOf(String file) throws Exception {
    return Sha256.of(Files.readAllBytes(space.path(file))).toString();
  }

  @Test
  void digests_ofADesk_areOneForEachOfItsCircles() {
    assertThat(circles(LINA)).containsExactlyInAnyOrder("desk", "own", "court");
  }

  @Test
  void digests_ofAReporter_areOneForEachOfHisCircles() {
    assertThat(circles(OMAR)).containsExactlyInAnyOrder("own", "court");
  }

  @Test
  void digests_ofADeskOutsideACircle_doNotNameIt() {
    assertThat(circles(KARIM)).containsExactlyInAnyOrder("desk", "own");
  }

  @Test
  void digest_ofACircle_isEqualForEverybodyInIt() {
    assertThat(digest(OMAR, "court")).isEqualTo(digest(LINA, "court")).isNotEqualTo(NOTHING);
  }

  @Test
  void digest_ofTheDesk_isEqualThoughOneOfThemReadsMore() {
    assertThat(digest(KARIM, "desk")).isEqualTo(digest(LINA, "desk")).isNotEqualTo(NOTHING);
  }

  @Test
  void digest_ofACircleWithNothingToRead_isThatOfNothing() {
    assertThat(digest(OMAR, "own")).isEqualTo(NOTHING);
  }

  @Test
  void conflicts_inACircleOfAReporter_areCountedByHim() {
    assertThat(states.get(OMAR).path("conflicts").asInt()).isEqualTo(1);
  }

  @Test
  void dump_ofADesk_isWhatTheDigestOfTheDeskIsTakenOver() throws Exception {
    assertThat(hashOf(LINA + ".dump")).isEqualTo(digest(LINA, "desk"));
  }

  @Test
  void dump_ofAReporter_isWhatTheDigestOfHisOwnCircleIsTakenOver() throws Exception {
    assertThat(hashOf(OMAR + ".dump")).isEqualTo(digest(OMAR, "own"));
  }

  @Test
  void dump_ofANamedCircle_isWhatItsDigestIsTakenOver() throws Exception {
    space.run(
        "state", "--data", space.at(OMAR), "--circle", "court", "--dump", space.at("court.dump"));

    assertThat(hashOf("court.dump")).isEqualTo(digest(OMAR, "court"));
  }

  @Test
  void dump_ofACircleItIsNotIn_isRefusedAndWritesNothing() {
    CommandRun run =
        space.attempt(
            "state", "--data", space.at(KARIM), "--circle", "court", "--dump", space.at("none"));

    assertThat(run.errorCode()).isEqualTo("circle.unknown");
    assertThat(space.path("none")).doesNotExist();
  }

  @Test
  void edit_ofARecordKeptFromTheDesk_isKeptFromItToo() {
    CommandRun run = space.attempt("review", "show", record, "--data", space.at(KARIM));

    assertThat(run.errorCode()).isEqualTo("record.unknown");
  }
}
