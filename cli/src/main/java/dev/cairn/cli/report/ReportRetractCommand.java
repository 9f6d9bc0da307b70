package dev.cairn.cli.report;

import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.Said;
import dev.cairn.cli.store.StoreOptions;
import dev.cairn.client.Device;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cairn report retract}. */
@Command(
    name = "retract",
    description = "Take back what you said of a record, with a reason; nothing is destroyed.",
    footerHeading = "%nExample:%n",
    footer = "  cairn report retract 4f2a --reason \"told twice\" --data phone")
public final class ReportRetractCommand extends Action {

  @Mixin private final StoreOptions store = new StoreOptions();
  @Mixin private final RecordArgument record = new RecordArgument();

  @Option(
      names = "--reason",
      converter = Said.class,
      required = true,
      paramLabel = "TEXT",
      description = "Why.")
  private String reason = "";

  /** Prints to an output. */
  public ReportRetractCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    try (Device device = store.open()) {
      RecordId id = record.in(device);
      Operation whole = new Operation.Retract(new Operation.Target.Whole(), reason);
      return done(Written.document(id, Edits.write(device, id, List.of(whole))), "retracted " + id);
    }
  }
}
