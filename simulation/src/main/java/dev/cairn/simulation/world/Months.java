package dev.cairn.simulation.world;

import dev.cairn.protocol.CairnException;
import dev.cairn.simulation.device.Machine;
import java.time.Duration;

/**
 * Months in which somebody does nothing but sync: the keys of his device's own circle grow old, and
 * what he was told long ago must not open any more.
 */
final class Months {

  private static final long MONTH_MILLIS = Duration.ofDays(31).toMillis();
  private static final int COUNT = 3;

  /** The keys in use, and the last ones before: whoever has not heard writes to those. */
  private static final int KEYS_MAX = 2;

  /** What the names of such keys begin with in a key ring. */
  private static final char SEED = 'e';

  private final Stage stage;
  private final Attempt attempt;
  private final Roads roads;
  private final Liar server;

  Months(Stage stage, Attempt attempt, Roads roads, Liar server) {
    this.stage = stage;
    this.attempt = attempt;
    this.roads = roads;
    this.server = server;
  }

  /** Lets them pass, if the server is honest and well, and can be reached all that time. */
  void pass(Machine machine) {
    if (attempt.isBusy(machine) || !stage.server.isUp() || server.hasLied()) {
      return;
    }
    stage.server.plan().heal();
    stage.trace.fault(Fault.MONTHS);
    boolean synced = true;
    for (int i = 0; i < COUNT && synced; i++) {
      stage.time.pass(MONTH_MILLIS);
      synced = stage.server.isUp() && roads.sync(machine, roads.good());
    }
    if (synced) {
      attempt.on(machine, "count keys", () -> count(machine));
    }
  }

  private void count(Machine machine) throws CairnException {
    long seeds = machine.disk().keyNames().stream().filter(name -> name.bytes()[0] == SEED).count();
    if (seeds > KEYS_MAX) {
      stage.auditor.found("P8", "own.keys: " + machine + " keeps " + seeds + " keys of its own");
    }
    if (seeds == 0) {
      stage.auditor.found("P8", "own.none: " + machine + " has no key of its own");
    }
  }
}
