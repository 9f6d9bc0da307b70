package dev.cairn.simulation.world;

import dev.cairn.client.report.WriteRequest;
import dev.cairn.desk.Desk;
import dev.cairn.desk.merged.AddressedChange;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.merge.RecordState;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.Operation;
import dev.cairn.simulation.device.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What coordinators do with words that must not be there: they withdraw them, from the log or
 * before they have come to it.
 */
final class Withdrawing {

  private static final String WHAT = "erase";

  private final Stage stage;
  private final Attempt attempt;

  Withdrawing(Stage stage, Attempt attempt) {
    this.stage = stage;
    this.attempt = attempt;
  }

  /** Withdraws a change of somebody's. */
  void erase(Machine machine) {
    attempt.on(
        machine,
        WHAT,
        () -> {
          Desk desk = machine.desk();
          List<RecordState> reports = desk.reports();
          if (!reports.isEmpty()) {
            RecordState record = stage.chance.of(reports);
            erase(desk, record, stage.chance.of(desk.records().changes(record.record())));
          }
        });
  }

  /**
   * Withdraws what somebody brought by hand and no log has, as far as the desk knows: the log has
   * the withdrawal first, and then the body is offered.
   */
  void eraseEarly(Machine machine) {
    attempt.on(
        machine,
        WHAT,
        () -> {
          Desk desk = machine.desk();
          Set<ChangeId> unlogged = unlogged(desk);
          if (unlogged.isEmpty()) {
            return;
          }
          List<RecordState> records = new ArrayList<>();
          List<AddressedChange> changes = new ArrayList<>();
          for (RecordState record : desk.reports()) {
            for (AddressedChange change : desk.records().changes(record.record())) {
              if (unlogged.contains(change.change().id())) {
                records.add(record);
                changes.add(change);
              }
            }
          }
          if (!changes.isEmpty()) {
            int chosen = stage.chance.below(changes.size());
            erase(desk, records.get(chosen), changes.get(chosen));
          }
        });
  }

  /** What others wrote and no log has. */
  private static Set<ChangeId> unlogged(Desk desk) throws CairnException {
    DeviceId self = desk.device().profile().device();
    Set<ChangeId> unlogged = new TreeSet<>();
    desk.device()
        .openedChanges(
            held -> {
              if (held.position().isEmpty() && !held.change().prefix().device().equals(self)) {
                unlogged.add(held.change().id());
              }
            });
    return unlogged;
  }

  private void erase(Desk desk, RecordState record, AddressedChange target) throws CairnException {
    if (target.change().erases() != null) {
      return;
    }
    ChangeId change =
        desk.device()
            .write(
                WriteRequest.to(
                        record.record(), record.kind(), record.heads(), List.of(account(target)))
                    .circles(target.audience().circles())
                    .erasing(target.change().id()));
    stage.trace.fault(Fault.ERASURE);
    stage.trace.note("  " + change + " withdraws " + target.change().id());
    stage.auditor.erased(desk.device().profile().device(), target.change().id());
  }

  private Operation.Erase account(AddressedChange target) {
    Set<Field> fields = new TreeSet<>();
    for (Operation operation : target.change().operations()) {
      if (operation instanceof Operation.Assert stated) {
        fields.add(stated.field());
      } else if (operation instanceof Operation.Add added) {
        fields.add(added.field());
      } else if (operation instanceof Operation.Decide decided) {
        fields.add(decided.field());
      }
    }
    return new Operation.Erase(
        target.change().id(),
        target.change().device(),
        target.change().opens(),
        target.change().parents(),
        List.copyOf(fields),
        stage.word());
  }
}
