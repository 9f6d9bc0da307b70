package dev.cairn.cli.people;

import dev.cairn.cli.console.CommandGroup;
import picocli.CommandLine.Command;

/** {@code cairn device}. */
@Command(name = "device", description = "List, confirm and cut off the devices of a space.")
public final class DeviceCommand extends CommandGroup {}
