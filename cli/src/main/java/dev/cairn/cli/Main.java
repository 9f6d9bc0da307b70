package dev.cairn.cli;

import dev.cairn.cli.console.ExitCode;
import dev.cairn.cli.console.Failures;
import dev.cairn.cli.console.Output;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code cairn} program: the root of all commands. */
@Command(
    name = "cairn",
    mixinStandardHelpOptions = true,
    version = "cairn 0.1.0",
    description = "Signed, encrypted incident reports that travel by any route.")
public final class Main implements Callable<Integer> {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(Output.standard(), args));
  }

  private static int run(Output output, String... args) {
    return guarded(output, () -> commandLine(output, args).execute(args), args);
  }

  /** A command's exit code; also of one that the machine or a mistake stopped dead. */
  static int guarded(Output output, IntSupplier command, String... args) {
    try {
      return command.getAsInt();
    } catch (Error e) {
      return new Failures(output).handleError(e, args);
    }
  }

  static CommandLine commandLine() {
    return commandLine(Output.standard());
  }

  /** The commands that these words may mean, printing to an output; all, without words. */
  static CommandLine commandLine(Output output, String... words) {
    Failures failures = new Failures(output);
    return Commands.under(new CommandLine(new Main()), output, words)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures);
  }

  @Override
  public Integer call() {
    CommandLine.usage(this, System.err);
    return ExitCode.USAGE;
  }
}
