package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.protocol.roster.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes meet over a plain socket, with no server in between. */
final class MeetTest {

  @TempDir private static Path folder;
  private static CommandSpace space;
  private static CommandRun phone;
  private static CommandRun desk;

  @BeforeAll
  static void walk() throws Exception {
    space = CommandSpace.in(folder);
    space.serve(0);
    space.found("desk");
    space.letIn("desk", Role.REPORTER, "phone");
    space.by("phone", "report", "add", "--set", "place.en=Baniyas");
    CairnProcess waiting = CairnProcess.start(words("desk", "--listen", "127.0.0.1:0"));
    String where = waiting.restOfLine("waiting at ");
    phone = CairnProcess.run(words("phone", "--connect", where));
    desk = waiting.finish();
  }

  private static String[] words(String store, String... more) {
    List<String> words = new ArrayList<>(List.of("meet", "--data", space.at(store)));
    words.addAll(List.of("--passphrase-file", space.at("passphrase"), "--json"));
    words.addAll(List.of(more));
    return words.toArray(new String[0]);
  }

  @AfterAll
  static void close() {
    if (space != null) {
      space.close();
    }
  }

  @Test
  void desk_takesInWhatThePhoneSaid() {
    assertThat(desk.exit()).isZero();
    JsonNode met = desk.json();
    assertThat(met.path("whole").asBoolean()).isTrue();
    assertThat(met.path("new").asInt()).isEqualTo(4); // admission, epoch, session, report
    assertThat(met.path("refused").asInt()).isZero();
  }

  @Test
  void phone_hearsInTheSameMeetingThatItIsConfirmed() {
    assertThat(phone.exit()).isZero();
    assertThat(phone.json().path("sent").asInt()).isEqualTo(1);
    assertThat(phone.json().path("new").asInt()).isPositive();
    assertThat(space.by("phone", "report", "list").json().path(0).path("state").asText())
        .isEqualTo("confirmed");
  }

  @Test
  void nobodyThere_isToBeTriedAgain() {
    CommandRun run = space.attempt("meet", "--data", space.at("phone"), "--connect", "127.0.0.1:1");
    assertThat(run.exit()).isEqualTo(75);
    assertThat(run.errorCode()).isEqualTo("meeting.unmet");
  }

  @Test
  void nobodyComes_isToBeTriedAgain() {
    CommandRun run =
        space.attempt(
            "meet", "--data", space.at("phone"), "--listen", "127.0.0.1:0", "--wait", "1");
    assertThat(run.exit()).isEqualTo(75);
    assertThat(run.errorCode()).isEqualTo("meeting.unmet");
  }

  @Test
  void neitherOrBoth_isWrongUsage() {
    assertThat(space.attempt("meet", "--data", space.at("phone")).exit()).isEqualTo(2);
    CommandRun both =
        space.attempt(
            "meet",
            "--data",
            space.at("phone"),
            "--listen",
            "127.0.0.1:0",
            "--connect",
            "127.0.0.1:1");
    assertThat(both.exit()).isEqualTo(2);
    assertThat(both.errorCode()).isEqualTo("usage");
  }
}
