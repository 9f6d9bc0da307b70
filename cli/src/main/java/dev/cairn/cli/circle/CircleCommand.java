package dev.cairn.cli.circle;

import dev.cairn.cli.console.CommandGroup;
import picocli.CommandLine.Command;

/** {@code cairn circle}. */
@Command(
    name = "circle",
    description = {
      "Say who reads together: a circle is a named set of devices, desk the coordinators'.",
      "Any member may write to any circle; only its devices read it."
    })
public final class CircleCommand extends CommandGroup {}
