package dev.cairn.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.ExitCode;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.store.StoreOptions;
import dev.cairn.client.Device;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cairn report list}. */
@Command(
    name = "list",
    description =
        "List the reports of this device, on a desk everybody's, and how far each has come.",
    footerHeading = "%nExample:%n",
    footer = "  cairn report list --data phone --json")
public final class ReportListCommand extends Action {

  @Mixin private final StoreOptions store = new StoreOptions();

  /** Prints to an output. */
  public ReportListCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    ArrayNode list = Output.array();
    try (Device device = store.open()) {
      for (ListedReport report : ListedReport.of(device)) {
        list.addObject()
            .put("record", report.record().toString())
            .put("state", report.state().word())
            .put("sealed", report.sealed())
            .put("conflicts", report.conflicts())
            .put("withdrawn", report.withdrawn())
            .put("label", report.label().orElse(null));
        if (!json()) {
          output().line(line(report));
        }
      }
    }
    if (json()) {
      output().json(list);
    }
    return ExitCode.DONE;
  }

  private static String line(ListedReport report) {
    return report.record()
        + "  "
        + report.state().word()
        + (report.sealed() ? "  sealed" : "")
        + (report.conflicts() > 0 ? "  " + report.conflicts() + " in conflict" : "")
        + (report.withdrawn() > 0 ? "  " + report.withdrawn() + " withdrawn" : "")
        + report.label().map(label -> "  " + label).orElse("");
  }
}
