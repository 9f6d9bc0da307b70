package dev.cairn.cli.report;

import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.store.StoreOptions;
import dev.cairn.client.Device;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cairn report edit}. */
@Command(
    name = "edit",
    description =
        "State new values for a report, sealed or not; what was said before stays visible.",
    footerHeading = "%nExample:%n",
    footer = "  cairn report edit 4f2a --data phone --set killed.civilian=6..7")
public final class ReportEditCommand extends Action {

  @Mixin private final StoreOptions store = new StoreOptions();
  @Mixin private final RecordArgument record = new RecordArgument();

  @Option(
      names = "--set",
      required = true,
      paramLabel = "PATH=VALUE",
      description = "A value, by its path in the exported JSON; may be repeated.")
  private List<String> values = new ArrayList<>();

  /** Prints to an output. */
  public ReportEditCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    try (Device device = store.open()) {
      RecordId id = record.in(device);
      List<Operation> operations = Settings.forEdit(output(), device, id, values);
      return done(Written.document(id, Edits.write(device, id, operations)), id.toString());
    }
  }
}
