package dev.cairn.cli.people;

import dev.cairn.cli.console.CommandGroup;
import picocli.CommandLine.Command;

/** {@code cairn space}. */
@Command(name = "space", description = "Found a space, or lead it to another server.")
public final class SpaceCommand extends CommandGroup {}
