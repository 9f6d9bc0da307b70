package dev.cairn.simulation.world;

import dev.cairn.desk.Desk;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.merge.FieldState;
import dev.cairn.protocol.merge.Links;
import dev.cairn.protocol.merge.RecordState;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.ReviewState;
import dev.cairn.simulation.device.Machine;
import java.util.ArrayList;
import java.util.List;

/** What coordinators do with records: they edit, settle, ask, review, link and withdraw. */
final class Coordinating {

  private static final List<Links.Relation> RELATIONS = List.of(Links.Relation.values());
  private static final List<ReviewState> REVIEWS = List.of(ReviewState.values());

  private final Stage stage;
  private final Attempt attempt;
  private final Reporting reporting;

  Coordinating(Stage stage, Attempt attempt, Reporting reporting) {
    this.stage = stage;
    this.attempt = attempt;
    this.reporting = reporting;
  }

  /** Does something to a record, if there is one. */
  private void about(Machine machine, String what, About act) {
    attempt.on(
        machine,
        what,
        () -> {
          List<RecordState> reports = machine.desk().reports();
          if (!reports.isEmpty()) {
            act.on(machine.desk(), stage.chance.of(reports));
          }
        });
  }

  /** Something done to a record. */
  @FunctionalInterface
  private interface About {
    void on(Desk desk, RecordState record) throws CairnException;
  }

  private void said(Desk desk, RecordId record, ChangeId change, List<Operation> operations) {
    stage.said(desk.device(), record, change, operations);
  }

  /** States more about somebody's record. */
  void edit(Machine machine) {
    List<Operation> more = reporting.statements();
    about(
        machine,
        "edit",
        (desk, record) -> {
          List<Operation> operations = reporting.takingOut(record.record(), more);
          said(
              desk,
              record.record(),
              desk.reviewing().edit(record.record(), operations),
              operations);
        });
  }

  /** A coordinator and somebody else state the same field in the same millisecond, unseen. */
  void atOnce(Machine one, List<Machine> people) {
    List<RecordId> held = new ArrayList<>();
    attempt.on(
        one,
        "look for a record",
        () -> one.desk().reports().forEach(record -> held.add(record.record())));
    if (held.isEmpty()) {
      return;
    }
    RecordId record = stage.chance.of(held);
    int from = stage.chance.below(people.size());
    for (int i = 0; i < people.size(); i++) {
      Machine other = people.get((from + i) % people.size());
      if (other != one && isHeld(other, record)) {
        one.clock().off(0);
        other.clock().off(0);
        titled(one, record);
        titled(other, record);
        return;
      }
    }
  }

  private void titled(Machine machine, RecordId record) {
    List<Operation> operations =
        List.of(new Operation.Assert(Field.of(KnownField.TITLE), CborValue.of(stage.word())));
    attempt.on(
        machine,
        "edit at once",
        () -> {
          ChangeId change =
              machine.coordinates()
                  ? machine.desk().reviewing().edit(record, operations)
                  : machine.device().edit(record, operations);
          stage.said(machine.device(), record, change, operations);
        });
  }

  private boolean isHeld(Machine machine, RecordId record) {
    boolean[] held = new boolean[1];
    attempt.on(
        machine,
        "look for a record",
        () ->
            held[0] =
                machine.coordinates()
                    ? machine.desk().records().state(record).isPresent()
                    : machine.device().list().stream()
                        .anyMatch(report -> report.record().equals(record)));
    return held[0];
  }

  /** Settles a field that is in conflict. */
  void resolve(Machine machine) {
    attempt.on(
        machine,
        "resolve",
        () -> {
          List<FieldState> fields = new ArrayList<>();
          List<RecordId> records = new ArrayList<>();
          for (RecordState state : machine.desk().reports()) {
            for (FieldState field : state.conflicts()) {
              fields.add(field);
              records.add(state.record());
            }
          }
          if (fields.isEmpty()) {
            return;
          }
          int chosen = stage.chance.below(fields.size());
          FieldState field = fields.get(chosen);
          Operation.Outcome outcome = outcome(field);
          RecordId record = records.get(chosen);
          ChangeId change =
              machine.desk().reviewing().resolve(record, field.field(), outcome, stage.word());
          stage.trace.note("  " + change + " settles " + record);
          stage.auditor.settled(machine.id(), record, change, field.field(), outcome);
        });
  }

  private Operation.Outcome outcome(FieldState field) {
    if (stage.chance.percent(30) || field.history().isEmpty()) {
      return new Operation.Outcome.KeepAll();
    }
    return new Operation.Outcome.Choose(stage.chance.of(field.history()).origin().change());
  }

  /** Undoes a decision. */
  void undo(Machine machine) {
    about(
        machine,
        "undo",
        (desk, record) -> {
          for (FieldState field : record.fields()) {
            if (!field.decisions().isEmpty()) {
              ChangeId decision = stage.chance.of(field.decisions()).origin().change();
              String reason = stage.word();
              ChangeId change = desk.reviewing().undo(decision, reason);
              said(
                  desk,
                  record.record(),
                  change,
                  List.of(new Operation.UndoDecision(decision, reason)));
              return;
            }
          }
        });
  }

  /** Asks the reporter something. */
  void ask(Machine machine) {
    String text = stage.word();
    about(
        machine,
        "ask",
        (desk, record) ->
            said(
                desk,
                record.record(),
                desk.reviewing().sendBack(record.record(), text),
                List.of(new Operation.Ask(text))));
  }

  /** Moves a record on in review. */
  void review(Machine machine) {
    ReviewState state = stage.chance.of(REVIEWS);
    about(
        machine,
        "review",
        (desk, record) ->
            said(
                desk,
                record.record(),
                desk.reviewing().state(record.record(), state),
                List.of(new Operation.Review(state))));
  }

  /** Says something among coordinators. */
  void comment(Machine machine) {
    String text = stage.word();
    about(
        machine,
        "comment",
        (desk, record) ->
            said(
                desk,
                record.record(),
                desk.reviewing().comment(record.record(), text),
                List.of(new Operation.Comment(text))));
  }

  /** Says how two records relate. */
  void link(Machine machine) {
    Links.Relation relation = stage.chance.of(RELATIONS);
    about(
        machine,
        "link",
        (desk, record) -> {
          RecordId other = stage.chance.of(desk.reports()).record();
          if (!other.equals(record.record())) {
            ChangeId change = desk.reviewing().link(record.record(), other, relation);
            Operation stated =
                new Operation.Assert(
                    Field.of(KnownField.RELATION),
                    CborValue.array(
                        CborValue.of(relation.code()),
                        CborValue.of(record.record().bytes()),
                        CborValue.of(other.bytes())));
            said(desk, Links.id(record.record(), other), change, List.of(stated));
          }
        });
  }
}
