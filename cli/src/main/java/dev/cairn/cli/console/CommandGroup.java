package dev.cairn.cli.console;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A word that other commands follow; alone it does nothing. */
public abstract class CommandGroup implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli looks at it
  private boolean help;

  @Override
  public final Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is missing after '"
            + spec.qualifiedName()
            + "': "
            + String.join(", ", spec.subcommands().keySet()));
  }
}
