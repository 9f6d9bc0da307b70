package dev.cairn.cli.quarantine;

import dev.cairn.cli.console.CommandGroup;
import picocli.CommandLine.Command;

/** {@code cairn quarantine}. */
@Command(
    name = "quarantine",
    description = "What suspended devices made beyond: kept, not counted, until you accept it.")
public final class QuarantineCommand extends CommandGroup {}
