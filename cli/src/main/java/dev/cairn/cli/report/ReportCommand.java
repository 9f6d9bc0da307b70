package dev.cairn.cli.report;

import dev.cairn.cli.console.CommandGroup;
import picocli.CommandLine.Command;

/** {@code cairn report}. */
@Command(name = "report", description = "Record incidents and follow what becomes of them.")
public final class ReportCommand extends CommandGroup {}
