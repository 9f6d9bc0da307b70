package dev.cairn.cli.console;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all commands that do something have: help, {@code --json}, a place to print. */
public abstract class Action implements Callable<Integer> {

  private final Output output;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli looks at it
  private boolean help;

  @Mixin private final JsonOption json = new JsonOption();

  /** Prints to an output. */
  protected Action(Output output) {
    this.output = output;
  }

  /** Where this command prints. */
  protected final Output output() {
    return output;
  }

  /** Whether the result is wanted as one JSON document. */
  protected final boolean json() {
    return json.wanted();
  }

  /**
   * Prints the result, as a document or as lines for people.
   *
   * @return the exit code for done
   */
  protected final int done(Object document, String... lines) {
    if (json()) {
      output.json(document);
    } else {
      for (String line : lines) {
        output.line(line);
      }
    }
    return ExitCode.DONE;
  }
}
