package dev.cairn.cli.recovery;

import dev.cairn.cli.console.CommandGroup;
import picocli.CommandLine.Command;

/** {@code cairn recovery}. */
@Command(
    name = "recovery",
    description = "Split the recovery secret into shares, and combine them again.")
public final class RecoveryCommand extends CommandGroup {}
