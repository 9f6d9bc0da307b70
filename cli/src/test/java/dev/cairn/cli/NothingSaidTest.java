package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that others will read are refused before any store is looked at when they say nothing. */
final class NothingSaidTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "join f --code c --data d --as %",
        "space create --server-invitation f --data d --no-recovery --name x --as %",
        "space create --server-invitation f --data d --no-recovery --as x --name %",
        "recover --recovery f --server-invitation f --data d --as %",
        "report retract 12 --data d --reason %",
        "report answer 12 34 --data d --text %",
        "review resolve 12 code --keep-all --data d --reason %",
        "review send-back 12 --data d --ask %",
        "review comment 12 --data d --text %",
        "review undo 12 --data d --reason %",
      })
  void command_blankText_isUsage(String line) {
    String[] words = (line + " --json").split(" ");
    Arrays.setAll(words, i -> words[i].replace("%", " "));
    CommandRun run = CommandRun.of(words);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.errorCode()).isEqualTo("usage");
    assertThat(run.stdout()).contains("it says nothing");
  }
}
