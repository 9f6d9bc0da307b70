package dev.cairn.cli.travel;

import dev.cairn.cli.console.CommandGroup;
import picocli.CommandLine.Command;

/** {@code cairn bundle}. */
@Command(name = "bundle", description = "Carry changes by hand.")
public final class BundleCommand extends CommandGroup {}
