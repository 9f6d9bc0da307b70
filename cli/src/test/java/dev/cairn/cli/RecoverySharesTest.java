package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recovery secret is split, some shares and the desk are lost, the others bring it back. */
final class RecoverySharesTest {

  @TempDir private static Path folder;
  private static CommandSpace space;
  private static CommandRun split;
  private static CommandRun fromSecret;
  private static CommandRun fromShares;

  @BeforeAll
  static void walk() throws Exception {
    space = CommandSpace.in(folder);
    space.serve(0);
    space.foundRecoverable("desk", "Road", "Lina");
    space.by("desk", "report", "add", "--set", "code=one");
    space.sync("desk");
    split = split("5", "3", "shares");
    combine(List.of(share(2, "txt"), share(4, "png"), share(5, "txt")), "again");
    fromSecret = recover("first", List.of("again"));
    fromShares = recover("second", List.of(share(1, "png"), share(2, "txt"), share(3, "txt")));
  }

  @AfterAll
  static void close() {
    if (space != null) {
      space.close();
    }
  }

  private static CommandRun split(String shares, String threshold, String out) {
    return CommandRun.of(
        "recovery",
        "split",
        "--recovery",
        space.at("sheet"),
        "--shares",
        shares,
        "--threshold",
        threshold,
        "--out",
        space.at(out),
        "--json");
  }

  private static String share(int index, String kind) {
    return "shares/share-" + index + "-of-5." + kind;
  }

  private static CommandRun combine(List<String> files, String out) {
    List<String> words = new ArrayList<>(List.of("recovery", "combine"));
    files.forEach(file -> words.add(space.at(file)));
    words.addAll(List.of("--out", space.at(out), "--json"));
    return CommandRun.of(words.toArray(new String[0]));
  }

  private static CommandRun recover(String desk, List<String> files) {
    List<String> words = new ArrayList<>(List.of("recover"));
    files.forEach(file -> words.addAll(List.of("--recovery", space.at(file))));
    words.addAll(
        List.of(
            "--server-invitation",
            space.at("server/server-invitation"),
            "--data",
            space.at(desk),
            "--as",
            "Lina"));
    return space.attempt(words.toArray(new String[0]));
  }

  private static int records(String desk) {
    space.sync(desk);
    return space.by(desk, "state").json().path("records").asInt();
  }

  @Test
  void split_writesOfEveryShareAPageATextAndACode_forItsUserAlone() throws Exception {
    assertThat(split.exit()).isZero();
    assertThat(split.json().path("files")).hasSize(15);
    for (var file : split.json().path("files")) {
      Path path = Path.of(file.asText());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void split_leavesTheSecretAndSaysWhatToDoWithIt() {
    assertThat(space.path("sheet")).exists();
    assertThat(split.stderr()).contains("lock that away too, or destroy it");
  }

  @Test
  void split_intoAFolderThatHasFiles_isRefused() {
    CommandRun again = split("5", "3", "shares");
    assertThat(again.exit()).isEqualTo(1);
    assertThat(again.errorCode()).isEqualTo("file.exists");
  }

  @Test
  void split_intoSharesThatCannotBe_isAMistakeOfUsage() {
    assertThat(split("5", "1", "no").exit()).isEqualTo(2);
    assertThat(split("2", "3", "no").exit()).isEqualTo(2);
    assertThat(split("17", "3", "no").exit()).isEqualTo(2);
    assertThat(space.path("no")).doesNotExist();
  }

  @Test
  void combine_ofEnough_givesTheVeryFile() throws Exception {
    assertThat(space.path("again")).hasSameBinaryContentAs(space.path("sheet"));
  }

  @Test
  void combine_overAFileThatIsThere_isRefused() {
    CommandRun run = combine(List.of(share(1, "txt"), share(2, "txt"), share(3, "txt")), "sheet");
    assertThat(run.errorCode()).isEqualTo("file.exists");
  }

  @Test
  void combine_ofTooFew_leavesNoFile() {
    CommandRun run = combine(List.of(share(1, "txt"), share(2, "txt")), "none");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.errorCode()).isEqualTo("recovery-shares-too-few");
    assertThat(space.path("none")).doesNotExist();
    assertThat(folder).isDirectoryNotContaining("glob:**.part*");
  }

  @Test
  void combine_withOneThatIsWrong_namesIt() throws Exception {
    String words = Files.readString(space.path(share(1, "txt")));
    Files.writeString(
        space.path("typed"),
        words
            .substring(words.indexOf("CAIRN-RECOVERY-WORDS"))
            .replaceFirst("\n2 [a-z]+", "\n2 bab"));
    CommandRun run =
        combine(List.of(share(4, "txt"), "typed", share(2, "png"), share(3, "txt")), "warned");
    assertThat(run.exit()).isZero();
    assertThat(run.json().path("wrong").path(0).path("file").asText()).isEqualTo(space.at("typed"));
    assertThat(run.stderr()).contains("left out: " + space.at("typed"), "line 2 of the words");
  }

  @Test
  void recover_withTheCombinedSecret_bringsTheReportsBack() {
    assertThat(fromSecret.exit()).isZero();
    assertThat(fromShares.exit()).isZero();
    assertThat(records("second")).isEqualTo(1);
  }
}
