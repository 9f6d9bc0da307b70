package dev.cairn.cli.console;

import picocli.CommandLine.Option;

/** {@code --json}. */
public final class JsonOption {

  @Option(names = "--json", description = "Print exactly one JSON document on stdout.")
  private boolean json;

  /** Whether the result is wanted as JSON. */
  public boolean wanted() {
    return json;
  }
}
