package dev.cairn.simulation.world;

import dev.cairn.client.Device;
import dev.cairn.client.report.NewRecord;
import dev.cairn.client.report.Question;
import dev.cairn.client.report.ReportDetail;
import dev.cairn.client.report.ReportStatus;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.CountFilter;
import dev.cairn.protocol.record.CountKey;
import dev.cairn.protocol.record.CountValue;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Metric;
import dev.cairn.protocol.record.Operation;
import dev.cairn.simulation.audit.Saying;
import dev.cairn.simulation.device.Machine;
import java.util.ArrayList;
import java.util.List;

/** What reporters do: they say things. */
final class Reporting {

  private static final List<KnownField> REGISTERS =
      List.of(KnownField.TYPE_OF_ACT, KnownField.PLACE_EN, KnownField.NARRATIVE, KnownField.TITLE);
  private static final List<Metric> METRICS = List.of(Metric.KILLED, Metric.INJURED);

  private final Stage stage;
  private final Attempt attempt;

  Reporting(Stage stage, Attempt attempt) {
    this.stage = stage;
    this.attempt = attempt;
  }

  /** Records one to three reports. */
  void record(Machine machine) {
    int count = 1 + stage.chance.below(3);
    for (int i = 0; i < count; i++) {
      List<Operation> operations = statements();
      attempt.on(
          machine,
          Attempt.RECORD,
          () -> {
            Device device = machine.device();
            NewRecord report = NewRecord.of(operations).label(stage.word());
            RecordId record = device.record(report);
            List<ChangeId> changes = device.show(record).changeIds();
            said(machine, record, changes.get(changes.size() - 1), operations);
          });
    }
  }

  /** States more about a report of this device. */
  void edit(Machine machine) {
    List<Operation> more = statements();
    attempt.on(
        machine,
        "edit",
        () -> {
          List<ReportStatus> reports = machine.device().list();
          if (!reports.isEmpty()) {
            RecordId record = stage.chance.of(reports).record();
            List<Operation> operations = takingOut(record, more);
            said(machine, record, machine.device().edit(record, operations), operations);
          }
        });
  }

  /** Takes back a report, or a field of one. */
  void retract(Machine machine) {
    attempt.on(
        machine,
        "retract",
        () -> {
          List<ReportStatus> reports = machine.device().list();
          if (!reports.isEmpty()) {
            RecordId record = stage.chance.of(reports).record();
            Operation.Target target =
                stage.chance.percent(30)
                    ? new Operation.Target.Whole()
                    : new Operation.Target.OfField(Field.of(stage.chance.of(REGISTERS)));
            List<Operation> operations = List.of(new Operation.Retract(target, stage.word()));
            said(machine, record, machine.device().edit(record, operations), operations);
          }
        });
  }

  /** Answers a question, or destroys what was told. */
  void answer(Machine machine) {
    attempt.on(
        machine,
        "answer",
        () -> {
          for (ReportStatus report : machine.device().list()) {
            ReportDetail detail = machine.device().show(report.record());
            if (!detail.questions().isEmpty()) {
              Question question = stage.chance.of(detail.questions());
              if (stage.chance.percent(25)) {
                stage.auditor.dismissed(machine.id(), report.record());
                machine.device().dismiss(report.record());
                return;
              }
              String text = stage.word();
              ChangeId change = machine.device().answer(report.record(), question.id(), text);
              said(
                  machine,
                  report.record(),
                  change,
                  List.of(new Operation.Answer(question.id(), text)));
              return;
            }
          }
        });
  }

  private void said(Machine machine, RecordId record, ChangeId change, List<Operation> operations)
      throws CairnException {
    stage.sayings.add(stage.said(machine.device(), record, change, operations));
  }

  /** One to three statements, at most one about a thing. */
  List<Operation> statements() {
    List<Operation> operations = new ArrayList<>();
    if (stage.chance.percent(80)) {
      operations.add(assertion());
    }
    if (stage.chance.percent(40)) {
      Field tags = Field.of(KnownField.TAGS);
      operations.add(new Operation.Add(tags, List.of(CborValue.of(stage.word()))));
    }
    if (stage.chance.percent(40)) {
      operations.add(count());
    }
    if (operations.isEmpty() || stage.chance.percent(30)) {
      operations.add(new Operation.Note(stage.word()));
    }
    return operations;
  }

  /** Takes out of the tags of a record what somebody put there, beside what else is stated. */
  List<Operation> takingOut(RecordId record, List<Operation> statements) {
    List<Operation> added = new ArrayList<>();
    for (Saying saying : stage.sayings) {
      if (saying.record().equals(record)) {
        saying.operations().stream().filter(Operation.Add.class::isInstance).forEach(added::add);
      }
    }
    if (added.isEmpty() || stage.chance.percent(50)) {
      return statements;
    }
    Operation.Add one = (Operation.Add) stage.chance.of(added);
    List<Operation> operations = new ArrayList<>(statements);
    operations.removeIf(Operation.Add.class::isInstance);
    operations.add(new Operation.Remove(one.field(), one.values()));
    return operations;
  }

  private Operation assertion() {
    Field field = Field.of(stage.chance.of(REGISTERS));
    return new Operation.Assert(field, CborValue.of(stage.word()));
  }

  private Operation count() {
    CountKey key = CountKey.of(stage.chance.of(METRICS), CountFilter.EVERYBODY);
    long low = stage.chance.below(20);
    long high = low + stage.chance.below(10);
    return new Operation.Assert(Field.of(key), CountValue.range(low, high).toValue());
  }
}
