package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.protocol.roster.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A photograph from a phone to a desk by commands, while the server's folder loses it, spoils it,
 * and cannot be used: each of them is told, and none of them for good.
 */
final class AttachmentTest {

  private static final int PHOTO_BYTES = 300_000;

  @TempDir private static Path folder;
  private static CommandSpace space;
  private static String record;
  private static CommandRun unusable;
  private static CommandRun deskBefore;
  private static String stateBefore;
  private static CommandRun sent;
  private static CommandRun frugal;
  private static CommandRun lost;
  private static CommandRun phoneAfterLoss;
  private static CommandRun spoilt;
  private static String stateWhileSpoilt;
  private static JsonNode shownWhileSpoilt;
  private static CommandRun phoneAfterSpoiling;
  private static CommandRun arrived;
  private static JsonNode shownAtTheEnd;
  private static String stateAtTheEnd;
  private static CommandRun idle;
  private static CommandRun unseen;
  private static CommandRun unseenArrived;
  private static CommandRun fsckWithoutFile;

  @BeforeAll
  static void walk() throws Exception {
    space = CommandSpace.in(folder);
    space.serve(0);
    space.found("desk");
    space.letIn("desk", Role.REPORTER, "phone");
    space.sync("desk", "phone");
    record =
        space
            .run("report", "add", "--set", "code=P1", "--data", space.at("phone"))
            .json()
            .path("record")
            .asText();
    byte[] photo = new byte[PHOTO_BYTES];
    new Random(3).nextBytes(photo);
    Files.write(space.path("photo.jpg"), photo);
    space.run("report", "attach", record, space.at("photo.jpg"), "--data", space.at("phone"));

    Path files = space.path("server/attachments");
    delete(files);
    Files.write(files, new byte[1]);
    unusable = sync("phone");
    deskBefore = sync("desk");
    stateBefore = state();
    Files.delete(files);
    Files.createDirectory(files);
    sent = sync("phone");
    frugal = sync("desk", "--attachment-max-bytes", "1000");
    Files.delete(stored());
    lost = sync("desk");
    phoneAfterLoss = sync("phone");
    byte[] sealed = Files.readAllBytes(stored());
    sealed[77]++;
    Files.write(stored(), sealed);
    spoilt = sync("desk");
    stateWhileSpoilt = state();
    shownWhileSpoilt = shown();
    phoneAfterSpoiling = sync("phone");
    arrived = sync("desk");
    shownAtTheEnd = shown();
    space.sync("phone");
    stateAtTheEnd = state();
    idle = sync("phone");
    spoilUnseen();
    fsckWithoutFile = space.attempt("fsck", "--data", space.at("desk"));
  }

  /** A second file, of which the desk has never heard before it finds it spoilt. */
  private static void spoilUnseen() throws Exception {
    Files.write(space.path("second.jpg"), new byte[200_000]);
    space.run("report", "attach", record, space.at("second.jpg"), "--data", space.at("phone"));
    Path first = stored();
    space.sync("phone");
    try (Stream<Path> all = Files.list(first.getParent())) {
      Path second = all.filter(path -> !path.equals(first)).findFirst().orElseThrow();
      byte[] sealed = Files.readAllBytes(second);
      sealed[77]++;
      Files.write(second, sealed);
    }
    unseen = sync("desk");
    space.sync("phone");
    unseenArrived = sync("desk");
    Files.delete(space.path("desk/attachments").resolve(first.getFileName()));
  }

  @AfterAll
  static void close() {
    if (space != null) {
      space.close();
    }
  }

  private static CommandRun sync(String name, String... more) {
    List<String> all = new java.util.ArrayList<>(List.of("sync", "--data", space.at(name)));
    all.addAll(List.of(more));
    return space.attempt(all.toArray(new String[0]));
  }

  private static String state() {
    return space
        .run("report", "list", "--data", space.at("phone"))
        .json()
        .path(0)
        .path("state")
        .asText();
  }

  private static JsonNode shown() {
    return space
        .run("review", "show", record, "--data", space.at("desk"))
        .json()
        .path("attachments")
        .path(0)
        .path("here");
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static Path stored() throws IOException {
    return only(only(space.path("server/attachments")));
  }

  private static Path only(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> found = all.toList();
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }

  private static String code(CommandRun run) {
    JsonNode troubles = run.json().path("attachments");
    return troubles.isEmpty() ? "none" : troubles.path(0).path("code").asText();
  }

  @Test
  void folderThatCannotBeUsed_isToldAndIsToBeTriedLater() {
    assertThat(unusable.exit()).isEqualTo(75);
    assertThat(code(unusable)).isEqualTo("store.failed");
    assertThat(unusable.json().path("remaining").asInt()).isEqualTo(1);
    assertThat(unusable.json().path("pushed").asInt()).isPositive();
    assertThat(unusable.stderr()).contains("store.failed");
  }

  @Test
  void fileThatHasNotCome_isNamedByTheDesk() {
    assertThat(deskBefore.exit()).isZero();
    assertThat(code(deskBefore)).isEqualTo("attachment.missing");
  }

  @Test
  void reportWithoutItsFile_isNotConfirmed() {
    assertThat(List.of(stateBefore, stateWhileSpoilt, stateAtTheEnd))
        .containsExactly("received", "received", "confirmed");
  }

  @Test
  void fileThatWasSent_leavesNothingToDo() {
    assertThat(sent.exit()).isZero();
    assertThat(sent.json().path("remaining").asInt()).isZero();
    assertThat(code(sent)).isEqualTo("none");
  }

  @Test
  void fileLargerThanTheDeskWants_isNamedAndStays() {
    assertThat(frugal.exit()).isZero();
    assertThat(code(frugal)).isEqualTo("attachment.missing");
  }

  @Test
  void fileLostByTheServer_isNamedByTheDeskAndSentAgainByThePhone() {
    assertThat(code(lost)).isEqualTo("attachment.missing");
    assertThat(phoneAfterLoss.exit()).isZero();
    assertThat(phoneAfterLoss.stderr()).contains("the server had it and cannot show it now");
  }

  @Test
  void fileSpoiltByTheServer_isFoundByTheDeskAndSentAgainByThePhone() {
    assertThat(spoilt.exit()).isEqualTo(3);
    assertThat(code(spoilt)).isEqualTo("attachment.damaged");
    assertThat(shownWhileSpoilt.asBoolean(true)).isFalse();
    assertThat(phoneAfterSpoiling.exit()).isZero();
    assertThat(arrived.exit()).isZero();
    assertThat(shownAtTheEnd.asBoolean(false)).isTrue();
  }

  @Test
  void fileThatTheDeskFirstSeesSpoilt_isSentAgainOnItsWord() {
    assertThat(unseen.exit()).isEqualTo(3);
    assertThat(unseen.json().path("pushed").asInt()).isPositive();
    assertThat(unseenArrived.exit()).isZero();
    assertThat(code(unseenArrived)).isEqualTo("none");
  }

  @Test
  void confirmedFile_costsNothingMore() {
    assertThat(idle.json().path("requests").asInt()).isEqualTo(1);
  }

  @Test
  void fileGoneFromTheDesk_isFoundByFsck() {
    assertThat(fsckWithoutFile.exit()).isEqualTo(3);
    assertThat(fsckWithoutFile.json().path("problems").path(0).path("kind").asText())
        .isEqualTo("attachment.missing");
  }
}
