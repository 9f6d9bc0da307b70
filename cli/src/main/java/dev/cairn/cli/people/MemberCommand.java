package dev.cairn.cli.people;

import dev.cairn.cli.console.CommandGroup;
import picocli.CommandLine.Command;

/** {@code cairn member}. */
@Command(name = "member", description = "What concerns a person, whatever device he uses.")
public final class MemberCommand extends CommandGroup {}
