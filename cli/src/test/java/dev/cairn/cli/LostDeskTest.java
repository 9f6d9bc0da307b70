package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.roster.Role;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a lost desk had opened counts as confirmed once the new one has opened it. */
final class LostDeskTest {

  @TempDir private static Path folder;
  private static CommandSpace space;
  private static String before;
  private static String between;
  private static String after;
  private static long saidAgain;

  @BeforeAll
  static void begin() throws Exception {
    space = CommandSpace.in(folder);
    space.serve(0);
    space.foundRecoverable("desk", "Road", "Lina");
    space.letIn("desk", Role.REPORTER, "phone");
    space.run("report", "add", "--set", "code=one", "--data", space.at("phone"));
    space.sync("phone", "desk", "phone");
    before = state();
    space.run(
        "recover",
        "--recovery",
        space.at("sheet"),
        "--server-invitation",
        space.at("server/server-invitation"),
        "--data",
        space.at("again"),
        "--as",
        "Lina");
    space.sync("phone");
    between = state();
    space.sync("again", "phone");
    after = state();
    saidAgain = space.run("sync", "--data", space.at("again")).json().path("pushed").asLong(-1);
  }

  private static String state() {
    return space
        .run("report", "list", "--data", space.at("phone"))
        .json()
        .path(0)
        .path("state")
        .asText();
  }

  @AfterAll
  static void end() {
    space.close();
  }

  @Test
  void report_theDeskHasOpenedIt_isConfirmed() {
    assertThat(before).isEqualTo("confirmed");
  }

  @Test
  void report_noDeskIsLeftThatOpenedIt_isReceived() {
    assertThat(between).isEqualTo("received");
  }

  @Test
  void report_theNewDeskHasOpenedIt_isConfirmedAgain() {
    assertThat(after).isEqualTo("confirmed");
  }

  @Test
  void sync_everythingIsConfirmed_saysNothingTwice() {
    assertThat(saidAgain).isZero();
  }
}
