package dev.cairn.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.ExitCode;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.store.StoreOptions;
import dev.cairn.client.Device;
import dev.cairn.client.casualty.CasualtyValues;
import dev.cairn.client.casualty.CasualtyWriter;
import dev.cairn.client.report.OwnChange;
import dev.cairn.client.report.Question;
import dev.cairn.client.report.ReportDetail;
import dev.cairn.client.report.ReportStatus;
import dev.cairn.client.report.SettledField;
import dev.cairn.client.report.WithdrawnChange;
import dev.cairn.desk.review.FieldJson;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cairn report show}. */
@Command(
    name = "show",
    description =
        "Show a report: what it says while it is not sealed, what was asked and decided about it.",
    footerHeading = "%nExample:%n",
    footer = "  cairn report show 4f2a --data phone --json")
public final class ReportShowCommand extends Action {

  @Mixin private final StoreOptions store = new StoreOptions();
  @Mixin private final RecordArgument record = new RecordArgument();

  /** Prints to an output. */
  public ReportShowCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    try (Device device = store.open()) {
      RecordId id = record.in(device);
      if (device.list().stream().anyMatch(own -> own.record().equals(id))) {
        own(device.show(id));
      } else {
        others(device, id);
      }
      return ExitCode.DONE;
    }
  }

  private void own(ReportDetail detail) {
    if (json()) {
      output().json(document(detail));
    } else {
      print(detail);
    }
  }

  private void others(Device device, RecordId id) throws CairnException {
    MergedReport report = MergedReport.at(device, id);
    if (json()) {
      output().json(report.document());
    } else {
      report.lines().forEach(output()::line);
    }
  }

  private static ObjectNode document(ReportDetail detail) {
    ReportStatus status = detail.status();
    ObjectNode document =
        Output.object()
            .put("record", status.record().toString())
            .put("state", status.state().word())
            .put("label", status.label().orElse(null))
            .put("sealed", status.sealed());
    ArrayNode questions = document.putArray("questions");
    for (Question question : detail.questions()) {
      QuestionDocument.fill(questions.addObject(), question);
    }
    ArrayNode decisions = document.putArray("decisions");
    for (SettledField settled : detail.decisions()) {
      outcome(settled, decisions.addObject().put("id", settled.id().toString()))
          .put("reason", settled.reason())
          .put("from", settled.from().toString())
          .put("time", time(settled.timeMillis()))
          .put("undone", settled.undone());
    }
    ArrayNode withdrawals = document.putArray("withdrawals");
    for (WithdrawnChange gone : detail.withdrawals()) {
      withdrawals
          .addObject()
          .put("id", gone.id().toString())
          .put("change", gone.change().toString())
          .put("reason", gone.reason())
          .put("from", gone.from().toString())
          .put("time", time(gone.timeMillis()));
    }
    document.put("withdrawn", status.withdrawn());
    detail.refusal().ifPresent(code -> document.put("refusal", code));
    if (!status.sealed()) {
      CasualtyValues values = CasualtyValues.of(operations(detail));
      document.putRawValue("report", new RawValue(CasualtyWriter.write(values)));
      document.putRawValue("counts", new RawValue(CasualtyWriter.otherCounts(values)));
    }
    return document;
  }

  /**
   * What was decided; of a value chosen from somebody's change this device knows the change only.
   */
  private static ObjectNode outcome(SettledField settled, ObjectNode node) {
    node.put("field", settled.field().name());
    if (settled.outcome() instanceof Operation.Outcome.Value value) {
      node.set("value", FieldJson.of(settled.field(), value.value()));
    } else if (settled.outcome() instanceof Operation.Outcome.Choose choose) {
      node.put("chosen", choose.change().toString());
    } else {
      node.put("keeps_all", true);
    }
    return node;
  }

  private void print(ReportDetail detail) {
    ReportStatus status = detail.status();
    output().line(status.record() + "  " + status.state().word());
    status.label().ifPresent(label -> output().line("label: " + label));
    detail.refusal().ifPresent(code -> output().line("refused: " + code));
    if (status.sealed()) {
      output().line("sealed: what it says can no longer be opened on this device");
    } else {
      output().line(CasualtyWriter.write(CasualtyValues.of(operations(detail))));
    }
    for (Question question : detail.questions()) {
      QuestionDocument.lines(question).forEach(output()::line);
    }
    for (SettledField settled : detail.decisions()) {
      String undone = settled.undone() ? "  [undone]" : "";
      output().line("decision " + settled.id() + " (" + time(settled.timeMillis()) + ")" + undone);
      output().line("  " + outcome(settled, Output.object()) + "  " + settled.reason());
    }
    for (WithdrawnChange gone : detail.withdrawals()) {
      output()
          .line("withdrawn by a coordinator (" + time(gone.timeMillis()) + "): " + gone.change());
      output().line("  " + gone.reason());
    }
    if (detail.withdrawals().isEmpty() && status.withdrawn() > 0) {
      output().line("withdrawn by a coordinator: " + status.withdrawn() + " of its changes");
    }
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  private static List<Operation> operations(ReportDetail detail) {
    List<Operation> operations = new ArrayList<>();
    for (OwnChange change : detail.changes()) {
      operations.addAll(change.operations());
    }
    return operations;
  }
}
