package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody copied an invitation and heard its code: two newcomers stand where one was expected. The
 * server lets one in; the other comes to the desk by hand.
 */
final class SharedInvitationTest {

  @TempDir private static Path folder;
  private static CommandSpace space;
  private static CommandRun listed;
  private static CommandRun withoutWords;
  private static CommandRun withWords;
  private static JsonNode afterwards;
  private static CommandRun otherWithoutWords;
  private static CommandRun pairListed;
  private static CommandRun pairConfirmed;

  @BeforeAll
  static void walk() throws Exception {
    space = CommandSpace.in(folder);
    space.serve(0);
    space.found("desk");
    String code = invite("invitation", "1");
    join("invitation", code, "thief");
    join("invitation", code, "omar");
    space.sync("desk", "thief", "desk");
    carry("omar");
    listed = list();
    withoutWords = confirm("omar");
    withWords = confirm("omar", "--words", words("omar"));
    afterwards = device("omar");
    otherWithoutWords = confirm("thief");
    pair();
  }

  /** An invitation for two is taken up by two, as it was meant. */
  private static void pair() {
    String code = invite("for-two", "2");
    join("for-two", code, "yara");
    join("for-two", code, "sami");
    space.sync("desk", "yara", "sami", "desk");
    pairListed = list();
    pairConfirmed = confirm("yara");
  }

  @AfterAll
  static void close() {
    if (space != null) {
      space.close();
    }
  }

  private static String invite(String file, String uses) {
    return space
        .by("desk", "invite", "--role", "reporter", "--uses", uses, "--out", space.at(file))
        .json()
        .path("code")
        .asText();
  }

  private static void join(String file, String code, String name) {
    space.by(name, "join", space.at(file), "--code", code, "--as", name);
  }

  private static void carry(String name) {
    space.by(name, "report", "add", "--set", "code=" + name);
    space.by(name, "bundle", "export", "--out", space.at("bundle"));
    space.by("desk", "bundle", "import", space.at("bundle"));
  }

  private static CommandRun list() {
    return space.by("desk", "device", "list");
  }

  private static JsonNode device(String name) {
    for (JsonNode device : list().json()) {
      if (device.path("pseudonym").asText().equals(name)) {
        return device;
      }
    }
    throw new AssertionError("not listed");
  }

  private static String words(String name) {
    return device(name).path("words").asText();
  }

  private static CommandRun confirm(String name, String... more) {
    List<String> all =
        new java.util.ArrayList<>(
            List.of("device", "confirm", device(name).path("device").asText(), "--yes"));
    all.addAll(List.of("--data", space.at("desk")));
    all.addAll(List.of(more));
    return space.attempt(all.toArray(new String[0]));
  }

  private static JsonNode in(CommandRun list, String name) {
    for (JsonNode device : list.json()) {
      if (device.path("pseudonym").asText().equals(name)) {
        return device;
      }
    }
    throw new AssertionError("not listed");
  }

  @Test
  void list_twoOnAnInvitationForOne_marksBothAndWarns() {
    for (String name : List.of("thief", "omar")) {
      assertThat(in(listed, name).path("shared").asBoolean()).isTrue();
      assertThat(in(listed, name).path("invitation_devices").asInt()).isEqualTo(2);
      assertThat(in(listed, name).path("invitation_uses").asInt()).isEqualTo(1);
    }
    assertThat(in(listed, "omar").path("invitation"))
        .isEqualTo(in(listed, "thief").path("invitation"));
    assertThat(listed.stderr()).contains("2 devices came on invitation", "made for 1");
  }

  @Test
  void list_anOwner_hasNoInvitation() {
    assertThat(in(listed, "desk").has("shared")).isFalse();
  }

  @Test
  void confirm_withoutWordsWhereTooManyCame_isRefused() {
    assertThat(withoutWords.exit()).isEqualTo(1);
    assertThat(withoutWords.errorCode()).isEqualTo("words.needed");
  }

  @Test
  void confirm_withTheWordsHeard_warnsAndConfirms() {
    assertThat(withWords.exit()).isZero();
    assertThat(withWords.stderr()).contains("made for 1");
    assertThat(afterwards.path("state").asText()).isEqualTo("confirmed");
  }

  @Test
  void confirm_theOtherAfterwards_isStillRefusedWithoutWords() {
    assertThat(otherWithoutWords.errorCode()).isEqualTo("words.needed");
  }

  @Test
  void list_twoOnAnInvitationForTwo_asksToCompare() {
    assertThat(in(pairListed, "yara").path("shared").asBoolean()).isTrue();
    assertThat(pairListed.stderr()).contains("2 newcomers wait on invitation");
  }

  @Test
  void confirm_oneOfTwoWhereTwoWereMeant_warnsAndConfirms() {
    assertThat(pairConfirmed.exit()).isZero();
    assertThat(pairConfirmed.stderr()).contains("compare the words of each");
  }
}
