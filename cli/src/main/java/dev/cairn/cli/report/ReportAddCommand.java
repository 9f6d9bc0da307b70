package dev.cairn.cli.report;

import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.store.Circles;
import dev.cairn.cli.store.StoreOptions;
import dev.cairn.client.Device;
import dev.cairn.client.casualty.CasualtyReader;
import dev.cairn.client.report.NewRecord;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cairn report add}. */
@Command(
    name = "add",
    description = "Record one report.",
    footerHeading = "%nExample:%n",
    footer =
        "  cairn report add --data phone --set place.en=Baniyas --set killed.civilian=5..7"
            + " --set verification=likely")
public final class ReportAddCommand extends Action {

  @Mixin private final StoreOptions store = new StoreOptions();

  @ArgGroup(multiplicity = "1")
  private Content content = new Content();

  /** A document, or values one by one. */
  static final class Content {

    @Option(
        names = "--in",
        paramLabel = "FILE",
        description = "The report as one casualty JSON document; - reads it from stdin.")
    private @Nullable String file;

    @Option(
        names = "--set",
        paramLabel = "PATH=VALUE",
        description = "A value, by its path in the exported JSON; may be repeated.")
    private List<String> values = new ArrayList<>();
  }

  @Option(
      names = "--label",
      paramLabel = "TEXT",
      description = "Words to know it by on this device; they never leave it.")
  private @Nullable String label;

  @Option(
      names = "--circle",
      paramLabel = "NAME",
      description = "Who may read it, by name or id; the coordinators unless said.")
  private List<String> circles = new ArrayList<>();

  /** Prints to an output. */
  public ReportAddCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    NewRecord record = NewRecord.of(operations());
    if (label != null) {
      record = record.label(label);
    }
    try (Device device = store.open()) {
      RecordId id = device.record(record.circles(Circles.named(device, circles)));
      return done(Output.object().put("record", id.toString()), id.toString());
    }
  }

  private List<Operation> operations() throws IOException, CairnException {
    String from = content.file;
    if (from == null) {
      return Settings.forNew(output(), content.values);
    }
    if (from.equals("-")) {
      return CasualtyReader.document(System.in);
    }
    try (InputStream in = Files.newInputStream(Path.of(from))) {
      return CasualtyReader.document(in);
    }
  }
}
