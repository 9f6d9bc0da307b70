package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Which commands there are, and that each explains itself. */
final class CommandTreeTest {

  static Stream<String> leaves() {
    return leaves(Main.commandLine());
  }

  private static Stream<String> leaves(CommandLine command) {
    if (command.getSubcommands().isEmpty()) {
      return Stream.of(command.getCommandSpec().qualifiedName());
    }
    return command.getSubcommands().values().stream().flatMap(CommandTreeTest::leaves);
  }

  private static CommandLine find(String qualifiedName) {
    CommandLine command = Main.commandLine();
    for (String word : List.of(qualifiedName.split(" ", -1)).subList(1, words(qualifiedName))) {
      command = command.getSubcommands().get(word);
    }
    return command;
  }

  private static int words(String qualifiedName) {
    return qualifiedName.split(" ", -1).length;
  }

  @ParameterizedTest
  @MethodSource("leaves")
  void everyCommand_help_showsOneExampleOfItself(String command) {
    assertThat(find(command).getUsageMessage()).contains("Example:\n  " + command);
  }

  @ParameterizedTest
  @MethodSource("leaves")
  void everyCommand_help_describesItself(String command) {
    assertThat(find(command).getCommandSpec().usageMessage().description()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cairn demo",
        "cairn serve",
        "cairn space create",
        "cairn invite",
        "cairn join",
        "cairn device list",
        "cairn device confirm",
        "cairn circle list",
        "cairn circle create",
        "cairn circle add",
        "cairn circle remove",
        "cairn circle rekey",
        "cairn report import",
        "cairn report add",
        "cairn report edit",
        "cairn report assert",
        "cairn report attach",
        "cairn report retract",
        "cairn report list",
        "cairn report show",
        "cairn report answer",
        "cairn report dismiss",
        "cairn sync",
        "cairn meet",
        "cairn bundle export",
        "cairn bundle import",
        "cairn state",
        "cairn fsck",
        "cairn wipe",
        "cairn review conflicts",
        "cairn review show",
        "cairn review resolve",
        "cairn review undo",
        "cairn review erase",
        "cairn review send-back",
        "cairn export",
        "cairn bench",
        "cairn recover",
        "cairn recovery split",
        "cairn recovery combine",
        "cairn sim mutants"
      })
  void contract_command_isThere(String command) {
    assertThat(leaves()).contains(command);
  }

  @Test
  void help_ofAnyCommand_exitsZero() {
    assertThat(CommandRun.of("sync", "--help").exit()).isZero();
  }
}
