package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody photographs the codes of an invitation where there is no network, records at once, and
 * meets the server later: provisional until a coordinator confirms the words.
 */
final class JoinByPicturesTest {

  @TempDir private static Path folder;
  private static CommandSpace space;
  private static JsonNode invited;
  private static List<Path> pictures;
  private static CommandRun joined;
  private static JsonNode savedOffline;
  private static JsonNode before;
  private static CommandRun wrongWords;
  private static JsonNode afterWrongWords;
  private static JsonNode after;
  private static String reportState;

  @BeforeAll
  static void walk() throws Exception {
    space = CommandSpace.in(folder);
    int port = space.serve(0);
    space.found("desk");
    invited = invite("invitation", "codes");
    invite("other", "others");
    pictures = pictures("codes");
    space.close();
    joinAndRecord();
    space.serve(port);
    space.sync("desk", "phone", "desk");
    before = newcomer();
    confirm();
    space.sync("desk", "phone");
    reportState = space.by("phone", "report", "list").json().path(0).path("state").asText();
  }

  @AfterAll
  static void close() {
    if (space != null) {
      space.close();
    }
  }

  private static JsonNode invite(String file, String codes) {
    return space
        .run(
            "invite",
            "--data",
            space.at("desk"),
            "--role",
            "reporter",
            "--out",
            space.at(file),
            "--png",
            space.at(codes),
            "--page",
            space.at(codes + ".html"))
        .json();
  }

  private static List<Path> pictures(String codes) throws IOException {
    try (Stream<Path> files = Files.list(space.path(codes))) {
      return files.sorted().toList();
    }
  }

  private static CommandRun join(String phone, List<Path> files) {
    return join(phone, files, invited.path("code").asText());
  }

  private static CommandRun join(String phone, List<Path> files, String code) {
    List<String> words = new ArrayList<>(List.of("join"));
    files.forEach(file -> words.add(file.toString()));
    words.addAll(List.of("--code", code, "--data", space.at(phone), "--as", "Omar"));
    return space.attempt(words.toArray(new String[0]));
  }

  private static void joinAndRecord() {
    List<Path> shuffled = new ArrayList<>(pictures);
    shuffled.add(pictures.get(2));
    Collections.shuffle(shuffled, new Random(7));
    joined = join("phone", shuffled);
    space.by("phone", "report", "add", "--set", "code=first");
    savedOffline = space.by("phone", "report", "list").json();
  }

  private static JsonNode newcomer() {
    for (JsonNode device : space.by("desk", "device", "list").json()) {
      if (device.path("device").asText().equals(joined.json().path("device").asText())) {
        return device;
      }
    }
    throw new AssertionError("the desk does not know the newcomer");
  }

  private static CommandRun confirm(String words) {
    return space.attempt(
        "device",
        "confirm",
        before.path("device").asText(),
        "--data",
        space.at("desk"),
        "--words",
        words,
        "--yes");
  }

  private static void confirm() {
    wrongWords = confirm("lusab babad gutih tugad dapin");
    afterWrongWords = newcomer();
    // As the newcomer reads them out, and the coordinator types what he hears.
    CommandRun right = confirm(joined.json().path("words").asText().replace('-', ' '));
    assertThat(right.exit()).isZero();
    after = newcomer();
  }

  @Test
  void invite_tellsHowManyCodesThereAreAndWhere() {
    assertThat(invited.path("parts").asInt()).isEqualTo(pictures.size()).isGreaterThan(1);
    assertThat(invited.path("codes")).hasSize(pictures.size() + 1);
  }

  @Test
  void page_andPictures_holdNoCodeThatOpensThem() throws Exception {
    assertThat(Files.readString(space.path("codes.html")))
        .doesNotContain(invited.path("code").asText());
  }

  @Test
  void join_fromPicturesInAnyOrderAndTwice_needsNoNetwork() {
    assertThat(joined.exit()).isZero();
  }

  @Test
  void report_recordedAtOnce_isSaved() {
    assertThat(savedOffline.path(0).path("state").asText()).isEqualTo("saved");
  }

  @Test
  void newcomer_whomNobodyConfirmed_isProvisional() {
    assertThat(before.path("state").asText()).isEqualTo("provisional");
    assertThat(before.path("words").asText()).isEqualTo(joined.json().path("words").asText());
  }

  @Test
  void newcomer_aloneOnHisInvitation_isNotSaidToShareIt() {
    assertThat(before.path("invitation").asText()).isEqualTo(invited.path("invitation").asText());
    assertThat(before.path("shared").asBoolean(true)).isFalse();
  }

  @Test
  void confirm_byOtherWords_isRefusedAndConfirmsNobody() {
    assertThat(wrongWords.exit()).isEqualTo(1);
    assertThat(wrongWords.errorCode()).isEqualTo("words.differ");
    assertThat(afterWrongWords.path("state").asText()).isEqualTo("provisional");
  }

  @Test
  void confirm_byTheWordsHeard_confirms() {
    assertThat(after.path("state").asText()).isEqualTo("confirmed");
  }

  @Test
  void report_recordedBeforeAnybodyKnewHim_isConfirmedInTheEnd() {
    assertThat(reportState).isEqualTo("confirmed");
  }

  @Test
  void join_withAPictureMissing_namesItAndMakesNothing() {
    List<Path> some = new ArrayList<>(pictures);
    some.remove(3);
    CommandRun run = join("none", some);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.errorCode()).isEqualTo("invitation.parts-missing");
    assertThat(run.stdout()).contains("missing: 4\"");
    assertThat(space.path("none")).doesNotExist();
  }

  @Test
  void join_withAPictureOfAnotherInvitation_namesIt() throws Exception {
    List<Path> mixed = new ArrayList<>(pictures);
    mixed.set(3, pictures("others").get(3));
    CommandRun run = join("none", mixed);
    assertThat(run.errorCode()).isEqualTo("invitation.parts-mixed");
    assertThat(run.stdout()).contains(mixed.get(3) + ": part 4 of ");
  }

  @Test
  void join_withAPictureOfNothing_namesIt() throws Exception {
    Path empty = space.path("empty.png");
    Files.write(empty, new byte[] {(byte) 0x89, 'P', 'N', 'G'});
    List<Path> some = new ArrayList<>(pictures);
    some.set(3, empty);
    CommandRun run = join("none", some);
    assertThat(run.errorCode()).isEqualTo("invitation.parts-missing");
    assertThat(run.stderr()).contains(empty + ": no code can be found in this picture");
  }

  @Test
  void join_withAnotherCode_opensNothing() {
    CommandRun run = join("none", pictures, "00000-00000");
    assertThat(run.errorCode()).isEqualTo("undecryptable");
    assertThat(space.path("none")).doesNotExist();
  }

  @Test
  void join_withTheFileBesidePictures_isAMistakeOfUsage() {
    List<Path> both = new ArrayList<>(pictures);
    both.add(space.path("invitation"));
    assertThat(join("none", both).exit()).isEqualTo(2);
  }

  @Test
  void invite_ontoTheTerminal_drawsEveryCodeAndPrintsOneDocument() {
    CommandRun run =
        space.run(
            "invite",
            "--data",
            space.at("desk"),
            "--role",
            "reporter",
            "--out",
            space.at("shown"),
            "--qr");
    assertThat(run.json().path("parts").asInt()).isEqualTo(pictures.size());
    assertThat(run.stderr().lines().filter(line -> line.startsWith("Code ")))
        .hasSize(pictures.size());
    assertThat(run.stderr()).doesNotContain("\u001b");
  }
}
