package dev.cairn.cli.report;

import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.store.StoreOptions;
import dev.cairn.client.Device;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cairn report assert}. */
@Command(
    name = "assert",
    description = {
      "State a figure with its date, area, group and source.",
      "Figures that differ in any of these stand side by side and never contradict each other."
    },
    footerHeading = "%nExample:%n",
    footer =
        "  cairn report assert 4f2a --data phone --metric killed --low 973 --high 973"
            + " --as-of 2025-03-10 --area coast --filter status=civilian --source SOHR --grade B2")
public final class ReportAssertCommand extends Action {

  @Mixin private final StoreOptions store = new StoreOptions();
  @Mixin private final RecordArgument record = new RecordArgument();
  @Mixin private final Figure figure = new Figure();

  /** Prints to an output. */
  public ReportAssertCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    List<Operation> operations = List.of(figure.operation());
    try (Device device = store.open()) {
      RecordId id = record.in(device);
      return done(Written.document(id, Edits.write(device, id, operations)), id.toString());
    }
  }
}
