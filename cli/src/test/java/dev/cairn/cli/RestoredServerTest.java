package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.protocol.roster.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that was restored from an old backup: the whole road, by commands. */
final class RestoredServerTest {

  @TempDir private Path folder;
  private CommandSpace space;
  private int port;

  @BeforeEach
  void begin() throws Exception {
    space = CommandSpace.in(folder);
    port = space.serve(0);
    space.found("desk");
    space.letIn("desk", Role.REPORTER, "phone");
    space.sync("desk", "phone");
    report("phone", "before");
    space.sync("desk");
  }

  @AfterEach
  void end() {
    space.close();
  }

  private void report(String device, String code) {
    space.run("report", "add", "--set", "code=" + code, "--data", space.at(device));
    space.sync(device);
  }

  private static CommandRun operate(String... words) {
    CommandRun run = CommandRun.of(words);
    assertThat(run.exit()).as(run.stdout() + run.stderr()).isZero();
    return run;
  }

  private void backup() {
    operate("backup", "--data", space.at("server"), "--out", space.at("backup"));
  }

  private void restore() throws Exception {
    space.close();
    Files.move(space.path("server"), space.path("lost"));
    operate("restore", space.at("backup"), "--data", space.at("server"), "--json");
    space.serve(port);
  }

  private CommandRun later(String device) {
    CommandRun run = space.attempt("sync", "--data", space.at(device));
    assertThat(run.exit()).as(run.stdout() + run.stderr()).isEqualTo(75);
    assertThat(run.errorCode()).as(run.stdout()).isEqualTo("log.refilling");
    return run;
  }

  private JsonNode state(String device) {
    return space.run("state", "--data", space.at(device)).json();
  }

  private void isSound(String name) {
    CommandRun run = space.attempt("fsck", "--data", space.at(name));
    assertThat(run.exit()).as(run.stdout() + run.stderr()).isZero();
  }

  private String reportState(String device) {
    return space.by(device, "report", "list").json().get(0).path("state").asText();
  }

  @Test
  void healthyLog_openedAnew_isFollowedByAll() throws Exception {
    CommandRun opened = space.by("desk", "generation", "open", "--yes");
    assertThat(opened.json().path("generation").asLong()).isEqualTo(1);
    CommandRun phone = space.by("phone", "sync");
    assertThat(phone.stderr()).contains("opened anew by the owner");
    space.sync("desk", "phone");
    report("phone", "after");
    space.sync("desk");

    assertThat(state("phone").path("log").path("generation").asLong()).isEqualTo(1);
    assertThat(state("desk").path("pending").asLong()).isZero();
    isSound("desk");
    isSound("phone");
    space.close();
    isSound("server");
  }

  @Test
  void backupOlderThanReceipts_isRefilledByAll_andResumes() throws Exception {
    backup();
    report("phone", "later");
    space.sync("desk");
    report("desk", "last");
    restore();

    later("desk");
    space.sync("phone", "desk");
    space.run("report", "add", "--set", "code=new", "--data", space.at("phone"));
    later("phone");
    space.close();
    CommandRun resumed =
        operate("admin", "resume", "--data", space.at("server"), "--yes", "--json");
    assertThat(resumed.json().path("spaces")).hasSize(1);
    isSound("server");
    space.serve(port);
    report("phone", "again");
    space.sync("desk", "phone");

    assertThat(state("desk").has("server_lied")).isFalse();
    isSound("desk");
    isSound("phone");
  }

  @Test
  void leafGoneForGood_generationOpened_everythingElseComesBack() throws Exception {
    space.letIn("desk", Role.REPORTER, "gone");
    space.sync("gone");
    backup();
    report("phone", "first");
    report("gone", "lost");
    report("phone", "second");
    restore();

    later("phone");
    space.sync("desk");
    space.by("desk", "generation", "open", "--yes");
    space.sync("desk", "phone", "desk");

    assertThat(state("phone").path("pending").asLong()).isZero();
    assertThat(state("phone").path("log").path("generation").asLong()).isEqualTo(1);
    space.by("gone", "sync");
    space.sync("desk");
    assertThat(state("desk").path("records").asLong()).isEqualTo(4);
    isSound("desk");
    isSound("phone");
    isSound("gone");
    space.close();
    isSound("server");
  }

  @Test
  void phoneSilentThroughTwoGenerations_andACouriersLateReceipt_comeTogether() throws Exception {
    space.run("report", "add", "--set", "code=carried", "--data", space.at("phone"));
    space.by("phone", "bundle", "export", "--out", space.at("stick"));
    space.close();
    operate("bundle", "import", space.at("stick"), "--data", space.at("server"), "--json");
    operate("bundle", "export", "--data", space.at("server"), "--out", space.at("back"), "--json");
    space.serve(port);
    space.by("desk", "generation", "open", "--yes");
    space.sync("desk");
    space.by("desk", "generation", "open", "--yes");
    space.sync("desk");

    space.run("bundle", "import", space.at("back"), "--data", space.at("phone"));
    CommandRun phone = space.by("phone", "sync");
    space.sync("desk", "phone");

    assertThat(phone.json().path("remaining").asLong()).isZero();
    assertThat(state("phone").path("log").path("generation").asLong()).isEqualTo(2);
    assertThat(state("phone").has("server_lied")).isFalse();
    assertThat(reportState("phone")).isEqualTo("confirmed");
    assertThat(state("desk").path("records").asLong()).isEqualTo(2);
    isSound("phone");
  }
}
