package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.protocol.roster.Role;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device is cut off, and what it made since is judged, on a real server and by commands. */
final class LeavingTest {

  @TempDir private Path folder;
  private PeopleSpace space;
  private String phone;

  @BeforeEach
  void begin() throws Exception {
    space = PeopleSpace.in(folder);
    phone = space.device("phone");
  }

  @AfterEach
  void end() {
    space.close();
  }

  @Test
  void suspendedPhone_whatItStillHad_isAcceptedOneByOne_andAllDesksAgree() throws Exception {
    JsonNode suspended = space.by("desk", "device", "suspend", phone, "--yes").json();
    assertThat(suspended.path("counting").asInt()).isEqualTo(1);
    space.sync("desk", "second");
    space.report("phone", "late1");
    space.report("phone", "late2");
    assertThat(space.attempt("phone", "sync").errorCode()).isEqualTo("device.suspended");
    assertThat(space.by("phone", "report", "list").json().toString()).contains("quarantined");

    space.carry("phone", "desk");
    assertThat(space.places("desk")).containsExactly("before");
    assertThat(space.quarantine("desk")).hasSize(2);
    assertThat(space.quarantine("desk").get(0).path("way").asText()).isEqualTo("hand");

    space.by("desk", "quarantine", "accept", space.quarantined("desk", "late2"), "--yes");
    space.sync("desk", "second");
    space.commands.letIn("desk", Role.COORDINATOR, "third");
    space.sync("desk", "third", "desk");
    space.by("desk", "device", "confirm", space.device("third"), "--yes");
    space.sync("desk", "third", "second", "desk", "second", "third", "desk");

    for (String desk : List.of("desk", "second", "third")) {
      assertThat(space.places(desk)).as(desk).containsExactly("before", "late2");
      assertThat(space.digests(desk)).as(desk).isEqualTo(space.digests("desk"));
    }
    assertThat(space.quarantine("second")).hasSize(1);
    assertThat(space.by("desk", "sync").json().path("bytes_up").asInt())
        .as("what is in the log is not sent again")
        .isLessThan(4000);
  }

  @Test
  void refusedChange_isMarkedHere_andCanStillBeAccepted() throws Exception {
    space.by("second", "device", "suspend", phone, "--yes");
    space.report("phone", "late1");
    space.carry("phone", "second");
    String change = space.quarantined("second", "late1");
    space.by("second", "quarantine", "refuse", change, "--reason", "not his words");
    assertThat(space.quarantine("second").get(0).path("refused").asBoolean()).isTrue();
    assertThat(space.quarantine("second").get(0).path("reason").asText())
        .isEqualTo("not his words");

    space.by("second", "quarantine", "accept", change, "--reason", "he was asked", "--yes");
    assertThat(space.quarantine("second")).isEmpty();
    assertThat(space.places("second")).containsExactly("before", "late1");
  }

  @Test
  void refusalOfADevice_putsAsideAllThatWaitsOfIt() throws Exception {
    space.by("second", "device", "suspend", phone, "--yes");
    space.report("phone", "late1");
    space.report("phone", "late2");
    space.carry("phone", "second");
    JsonNode refused = space.by("second", "quarantine", "refuse", "--device", phone).json();
    assertThat(refused.path("refused").toString())
        .contains(space.quarantined("second", "late1"), space.quarantined("second", "late2"));
    assertThat(space.quarantine("second")).allMatch(each -> each.path("refused").asBoolean());
    assertThat(space.attempt("second", "quarantine", "refuse").errorCode()).isEqualTo("usage");
  }

  @Test
  void acceptance_ofWhatAnOwnerCutOff_isNotForACoordinator() throws Exception {
    space.by("desk", "device", "suspend", phone, "--yes");
    space.sync("desk", "second");
    space.report("phone", "late1");
    space.carry("phone", "second");
    assertThat(space.quarantine("second").get(0).path("acceptable").asBoolean()).isFalse();
    CommandRun refused =
        space.attempt(
            "second", "quarantine", "accept", space.quarantined("second", "late1"), "--yes");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.errorCode()).isEqualTo("quarantine.rank");
  }

  @Test
  void suspension_atAnEarlierChange_putsWhatFollowedIntoQuarantine() throws Exception {
    space.report("phone", "stolen");
    space.sync("phone", "desk");
    String last =
        PeopleSpace.list(
                space.by("desk", "review", "show", space.record("before")).json().path("fields"))
            .get(0)
            .path("said")
            .get(0)
            .path("change")
            .asText();
    JsonNode suspended =
        space.by("desk", "device", "suspend", phone, "--at", last.substring(0, 12), "--yes").json();
    assertThat(suspended.path("quarantined").asInt()).isEqualTo(1);
    space.sync("desk", "second");
    assertThat(space.places("second")).containsExactly("before");
    assertThat(space.quarantine("second").get(0).path("way").asText()).isEqualTo("log");
  }

  @Test
  void suspendedCoordinator_getsNoNewKeys_andItsLaterDecisionsCountNowhere() throws Exception {
    JsonNode suspended =
        space.by("desk", "device", "suspend", space.device("second"), "--yes").json();
    assertThat(suspended.path("rekeyed").get(0).path("name").asText()).isEqualTo("desk");
    space.by("second", "review", "state", space.record("before"), "--to", "reviewed");
    space.carry("second", "desk");
    space.sync("desk");
    space.report("phone", "after");
    space.sync("phone", "desk");

    assertThat(
            space
                .by("desk", "review", "show", space.record("before"))
                .json()
                .path("state")
                .asText())
        .isEqualTo("open");
    assertThat(space.quarantine("desk")).isNotEmpty();
    assertThat(space.places("desk")).containsExactly("after", "before");
  }

  @Test
  void ownersAndThemselves_areRefusedClearly() throws Exception {
    CommandRun owner = space.attempt("second", "device", "suspend", space.device("desk"), "--yes");
    assertThat(owner.errorCode()).isEqualTo("role.owner");
    CommandRun self = space.attempt("desk", "device", "suspend", space.device("desk"), "--yes");
    assertThat(self.errorCode()).isEqualTo("suspension.self");
    CommandRun lost =
        space.attempt("desk", "device", "suspend", space.device("second"), "--lost", "--yes");
    assertThat(lost.errorCode()).isEqualTo("suspension.unbounded");
    CommandRun quiet = space.attempt("desk", "device", "suspend", phone);
    assertThat(quiet.exit()).isEqualTo(2);
    CommandRun unknown = space.attempt("desk", "quarantine", "refuse", "00ff");
    assertThat(unknown.errorCode()).isEqualTo("quarantine.unknown");
  }

  @Test
  void lostPhone_countsAsItIsHeld_andNothingMoreOfItIsTaken() throws Exception {
    space.by("desk", "device", "suspend", phone, "--lost", "--yes");
    space.sync("desk", "second");
    assertThat(space.places("second")).containsExactly("before");
    assertThat(space.quarantine("second")).isEmpty();
  }
}
