package dev.cairn.simulation.world;

import dev.cairn.client.report.ReportState;
import dev.cairn.client.report.ReportStatus;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.simulation.device.Machine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks at what a device shows its owner at the moment when it shows it: later everything may have
 * come true that was not when it was said.
 */
final class Witness {

  private final Stage stage;
  private final Attempt attempt;
  private final Liar server;
  private final Map<Machine, Set<ChangeId>> looked = new HashMap<>();
  private final Set<ChangeId> openedOnDesks = new HashSet<>();

  Witness(Stage stage, Attempt attempt, Liar server) {
    this.stage = stage;
    this.attempt = attempt;
    this.server = server;
  }

  /** Tells the auditor what a device shows its owner, and holds it against what is there now. */
  void look(Machine machine) {
    attempt.on(machine, "look", () -> lookAt(machine));
  }

  /** A desk will lose what it holds: what it opened and confirmed was opened nevertheless. */
  void remember(Machine desk) {
    attempt.on(desk, "remember", () -> addOpened(desk));
  }

  private void lookAt(Machine machine) throws CairnException {
    List<ChangeId> received = new ArrayList<>();
    List<ChangeId> byReceipt = new ArrayList<>();
    List<ChangeId> confirmed = new ArrayList<>();
    for (ReportStatus report : machine.device().list()) {
      ReportState state = report.state();
      // Asked back: says nothing of whether later changes of it were received.
      if (state == ReportState.SAVED
          || state == ReportState.SENT_BACK
          || state == ReportState.REFUSED
          || state == ReportState.QUARANTINED) {
        continue;
      }
      List<ChangeId> changes = machine.device().show(report.record()).changeIds();
      received.addAll(changes);
      if (state == ReportState.CONFIRMED) {
        confirmed.addAll(changes);
      } else if (state == ReportState.RECEIVED) {
        byReceipt.addAll(changes);
      }
    }
    stage.auditor.received(machine.id(), received);
    stage.auditor.confirmed(machine.id(), confirmed);
    proven(machine, byReceipt);
    opened(machine, confirmed);
    if (!machine.coordinates()) {
      kept(machine, byReceipt);
    }
    if (server.isLiar()) {
      machine
          .device()
          .state()
          .checkpoint()
          .ifPresent(it -> stage.auditor.believed(machine.id(), it));
    }
  }

  /** What is shown as received is in a log. */
  private void proven(Machine machine, List<ChangeId> received) throws CairnException {
    for (ChangeId change : server.lacks(received)) {
      stage.auditor.found(
          "P5", "received.early: " + machine + " shows " + change + ", which is in no log");
    }
  }

  /** What is shown as confirmed was opened by a desk. */
  private void opened(Machine machine, List<ChangeId> confirmed) throws CairnException {
    if (openedOnDesks.containsAll(confirmed)) {
      return;
    }
    for (Machine desk : stage.desks) {
      if (attempt.isBusy(desk)) {
        return;
      }
      addOpened(desk);
    }
    for (ChangeId change : confirmed) {
      if (openedOnDesks.add(change)) {
        stage.auditor.found(
            "P5", "confirmed.early: " + machine + " shows " + change + ", which no desk opened");
      }
    }
  }

  private void addOpened(Machine desk) throws CairnException {
    desk.device()
        .openedChanges(
            held -> {
              // A body that was withdrawn, as somebody tells, nobody opens any more.
              held.change().prefix().erases().ifPresent(openedOnDesks::add);
              if (held.opened().isPresent() || held.change().opensSession()) {
                openedOnDesks.add(held.change().id());
              }
            });
  }

  /** The sealed body of what no desk has confirmed is still there. */
  private void kept(Machine machine, List<ChangeId> unconfirmed) throws CairnException {
    Set<ChangeId> known = looked.computeIfAbsent(machine, any -> new HashSet<>());
    if (known.containsAll(unconfirmed)) {
      return;
    }
    known.addAll(unconfirmed);
    Set<ChangeId> asked = Set.copyOf(unconfirmed);
    machine
        .device()
        .openedChanges(
            held -> {
              ChangeId change = held.change().id();
              if (asked.contains(change)
                  && !held.change().opensSession()
                  && held.change().ciphertext().isEmpty()) {
                stage.auditor.bodiless(machine.id(), change);
              }
            });
  }
}
