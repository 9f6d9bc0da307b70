package dev.cairn.cli.report;

import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.store.StoreOptions;
import dev.cairn.client.Device;
import dev.cairn.protocol.id.RecordId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cairn report dismiss}. */
@Command(
    name = "dismiss",
    description = "Destroy the questions and decisions about a report that this device holds.",
    footerHeading = "%nExample:%n",
    footer = "  cairn report dismiss 4f2a --data phone")
public final class ReportDismissCommand extends Action {

  @Mixin private final StoreOptions store = new StoreOptions();
  @Mixin private final RecordArgument record = new RecordArgument();

  /** Prints to an output. */
  public ReportDismissCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    try (Device device = store.open()) {
      RecordId id = record.in(device);
      device.dismiss(id);
      return done(Output.object().put("record", id.toString()).put("dismissed", true), "dismissed");
    }
  }
}
