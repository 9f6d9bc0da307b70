package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code cairn sim}: worlds as short as they can be, for what they show is not tested here. */
final class SimTest {

  static List<List<String>> wrong() {
    return List.of(
        List.of("sim"),
        List.of("sim", "--seeds", "1-"),
        List.of("sim", "--seeds", "9-3"),
        List.of("sim", "--seeds", "1-2", "--replay", "1"),
        List.of("sim", "--seeds", "1-2", "--minutes", "0"),
        List.of("sim", "--replay", "-1"),
        List.of("sim", "--replay", "1", "--steps", "-1"),
        List.of("sim", "--replay", "1", "--skip", "a"),
        List.of("sim", "--seeds", "1", "--disk", "none"),
        List.of("sim", "mutants", "--name", "no such bug"),
        List.of("sim", "mutants", "--seeds", "1-"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void sim_mistyped_exitsTwo(List<String> words) {
    assertThat(CommandRun.of(words.toArray(String[]::new)).exit()).isEqualTo(2);
  }

  @Test
  void sim_ofTwoWorlds_hasTheKeysOfTheContract() {
    JsonNode document = CommandRun.of("sim", "--seeds", "1-2", "--steps", "1", "--json").json();
    assertThat(document.fieldNames()).toIterable().containsExactly("seeds", "failed", "faults");
    assertThat(document.path("seeds").asLong()).isEqualTo(2);
  }

  @Test
  void sim_withoutFailure_exitsZero() {
    CommandRun run = CommandRun.of("sim", "--seeds", "1", "--steps", "0");
    assertThat(run.exit()).as(run.stdout()).isZero();
  }

  @Test
  void replay_ofAWorld_isTheSameTwice() {
    JsonNode document =
        CommandRun.of("sim", "--replay", "3", "--steps", "4", "--skip", "1-2", "--json").json();
    assertThat(document.path("same").asBoolean()).isTrue();
    assertThat(document.path("happened")).isNotEmpty();
  }

  @Test
  void mutants_json_hasTheKeysOfTheContract() {
    JsonNode first =
        CommandRun.of("sim", "mutants", "--name", "R validation", "--json").json().get(0);
    assertThat(first.path("name").asText()).isEqualTo("skip the R validation");
    assertThat(first.path("caught").asBoolean()).isTrue();
    assertThat(first.path("seed").isIntegralNumber()).isTrue();
  }

  /** Worlds of no step show nothing. */
  @Test
  void mutants_notCaught_exitsThree() {
    CommandRun run =
        CommandRun.of(
            "sim", "mutants", "--name", "decision by a reporter", "--steps", "0", "--seeds", "1");
    assertThat(run.exit()).isEqualTo(3);
  }

  /** It is a command as well as a word that another follows. */
  @Test
  void help_ofSim_showsOneExampleOfItself() {
    assertThat(Main.commandLine().getSubcommands().get("sim").getUsageMessage())
        .contains("Example:\n  cairn sim --seeds");
  }
}
