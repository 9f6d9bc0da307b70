package dev.cairn.cli.travel;

import dev.cairn.cli.console.CommandGroup;
import picocli.CommandLine.Command;

/** {@code cairn generation}. */
@Command(name = "generation", description = "The lives of the server's log.")
public final class GenerationCommand extends CommandGroup {}
