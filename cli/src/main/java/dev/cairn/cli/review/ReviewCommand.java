package dev.cairn.cli.review;

import dev.cairn.cli.console.CommandGroup;
import picocli.CommandLine.Command;

/** {@code cairn review}. */
@Command(name = "review", description = "Look at records and decide, each time under a signature.")
public final class ReviewCommand extends CommandGroup {}
