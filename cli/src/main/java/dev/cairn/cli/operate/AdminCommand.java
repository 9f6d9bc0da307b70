package dev.cairn.cli.operate;

import dev.cairn.cli.console.CommandGroup;
import picocli.CommandLine.Command;

/** {@code cairn admin}. */
@Command(name = "admin", description = "Look after a server's folder while no server runs on it.")
public final class AdminCommand extends CommandGroup {}
