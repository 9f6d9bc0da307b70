package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who takes a word that is not in a closed list is told which are. */
final class ClosedListTest {

  @TempDir private static Path folder;
  private static CommandSpace space;
  private static String record;

  @BeforeAll
  static void begin() throws Exception {
    space = CommandSpace.in(folder);
    space.serve(0);
    space.found("desk");
    record =
        space
            .run("report", "add", "--set", "code=one", "--data", space.at("desk"))
            .json()
            .path("record")
            .asText();
  }

  @AfterAll
  static void end() {
    space.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "report assert R --metric dead --low 1 --high 2 | --metric | killed, injured",
        "report assert R --metric killed --low 1 --high 2 --qualifier no | --qualifier | about",
        "review state R --to done | --to | in-review",
        "review link R R --as twin | --as | same-as, part-of",
      })
  void command_unknownWord_isUsageAndNamesTheList(String line, String option, String words) {
    CommandRun run =
        space.attempt(
            (line.trim().replace("R ", record + " ") + " --data " + space.at("desk")).split(" "));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.errorCode()).isEqualTo("usage");
    assertThat(run.json().path("error").path("message").asText()).contains(words);
    assertThat(run.json().path("error").path("where").asText()).isEqualTo(option);
  }
}
