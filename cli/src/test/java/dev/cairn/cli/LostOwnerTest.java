package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.server.RunningServer;
import dev.cairn.server.Server;
import dev.cairn.server.ServerConfig;
import dev.cairn.server.ServerConfig.HostPort;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Server and owner's desk are gone, and the owner is cut off by a recovery from what others hold:
 * what he had written and others have comes back, by itself or through quarantine.
 */
final class LostOwnerTest {

  @TempDir private Path folder;
  private PeopleSpace people;
  private RunningServer server;

  @BeforeEach
  void loseServerAndOwner() throws Exception {
    people = PeopleSpace.recoverable(folder);
    people.report("desk", "of-the-owner");
    people.sync("desk", "second", "phone");
    for (String name : List.of("second", "phone")) {
      people.by(name, "bundle", "export", "--for-recovery", "--out", at(name + ".roster"));
    }
    // Acknowledged after the files were made.
    people.report("desk", "of-the-owner-later");
    people.sync("desk", "second");
    people.close();
    ServerConfig.Builder config = ServerConfig.of(people.commands.path("next"));
    server = Server.start(config.listen(new HostPort("127.0.0.1", 0)).build());
  }

  @AfterEach
  void end() {
    server.close();
  }

  private String at(String name) {
    return people.commands.at(name);
  }

  private CommandRun attemptRecovery(String... more) {
    List<String> words = new ArrayList<>(List.of("recover", "--recovery", at("sheet")));
    words.addAll(List.of("--server-invitation", at("next/server-invitation")));
    words.addAll(List.of("--data", at("heir"), "--as", "Heir"));
    words.addAll(List.of(more));
    return people.commands.attempt(words.toArray(new String[0]));
  }

  private void recover(String... from) {
    List<String> words = new ArrayList<>(List.of("--yes"));
    for (String name : from) {
      words.addAll(List.of("--from", at(name + ".roster")));
    }
    CommandRun run = attemptRecovery(words.toArray(new String[0]));
    assertThat(run.exit()).as(run.stdout() + run.stderr()).isZero();
  }

  private void everybodyHearsAndSyncs() {
    people.carry("heir", "second", "phone");
    people.sync("heir", "second", "phone", "heir", "second");
  }

  /** What a desk makes of the new log alone. */
  private List<String> placesInTheLog() throws Exception {
    people.commands.run(
        "recover",
        "--recovery",
        at("sheet"),
        "--server-invitation",
        at("next/server-invitation"),
        "--data",
        at("fresh"),
        "--as",
        "Fresh");
    people.sync("fresh");
    return people.places("fresh");
  }

  @Test
  void whatTheFilesKnowOfTheOwner_countsAndComesIntoTheNewLogFromWhoHasIt() throws Exception {
    recover("phone", "second");
    everybodyHearsAndSyncs();

    assertThat(people.places("heir")).containsExactly("before", "of-the-owner");
    assertThat(people.digests("second")).isEqualTo(people.digests("heir"));
    assertThat(placesInTheLog()).containsExactly("before", "of-the-owner");
  }

  @Test
  void whatTheFilesDoNotKnow_comesByHandIntoQuarantine_andFromThereIntoTheLog() throws Exception {
    recover("phone");
    everybodyHearsAndSyncs();
    assertThat(people.places("heir")).containsExactly("before");

    people.by("second", "bundle", "export", "--of-suspended", "--out", at("kept"));
    people.by("heir", "bundle", "import", at("kept"));
    List<String> waiting = new ArrayList<>();
    for (String place : List.of("of-the-owner", "of-the-owner-later")) {
      waiting.add(people.quarantined("heir", "\"" + place + "\""));
    }
    for (String change : waiting) {
      people.by("heir", "quarantine", "accept", change, "--yes");
    }
    people.sync("heir", "second");

    List<String> all = List.of("before", "of-the-owner", "of-the-owner-later");
    assertThat(people.places("heir")).isEqualTo(all);
    assertThat(people.places("second")).isEqualTo(all);
    assertThat(placesInTheLog()).isEqualTo(all);
  }

  @Test
  void nothingOfSuspendedDevicesIsThere_saysSo() throws Exception {
    recover("phone", "second");
    everybodyHearsAndSyncs();
    CommandRun run =
        people.attempt("phone", "bundle", "export", "--of-suspended", "--out", at("kept"));
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.json().at("/error/code").asText()).isEqualTo("quarantine.nothing");
    assertThat(people.commands.path("kept")).doesNotExist();
  }

  @Test
  void recoveryByHand_withoutYes_showsWhomItLeavesIn_andDoesNothing() throws Exception {
    JsonNode words = people.by("second", "device", "list").json();
    CommandRun run = attemptRecovery("--from", at("phone.roster"), "--from", at("second.roster"));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.json().at("/error/code").asText()).isEqualTo("yes.missing");
    List<JsonNode> left = PeopleSpace.list(run.json().path("left_in"));
    assertThat(left.stream().map(each -> each.path("pseudonym").asText()))
        .containsExactlyInAnyOrder("second", "phone");
    List<String> known =
        PeopleSpace.list(words).stream()
            .map(each -> each.path("words").asText())
            .collect(Collectors.toList());
    assertThat(left).allMatch(each -> known.contains(each.path("words").asText()));
    assertThat(people.commands.path("heir")).doesNotExist();
    recover("phone", "second");
  }
}
