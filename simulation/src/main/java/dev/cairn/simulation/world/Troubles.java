package dev.cairn.simulation.world;

import dev.cairn.protocol.CairnException;
import dev.cairn.server.ledger.StoreException;
import dev.cairn.simulation.device.Machine;
import dev.cairn.simulation.disk.Disk;
import dev.cairn.simulation.disk.DiskPlan;
import java.util.HashMap;
import java.util.Map;

/** What happens to machines: they die, fill up, are put back, and have wrong clocks. */
final class Troubles {

  private static final long HOUR_MILLIS = 3_600_000;
  private static final long DAY_MILLIS = 24 * HOUR_MILLIS;
  private static final int CRASH_WRITES_MAX = 40;

  private final Stage stage;
  private final Attempt attempt;
  private final Roads roads;
  private final Map<Machine, Disk.Copy> images = new HashMap<>();

  Troubles(Stage stage, Attempt attempt, Roads roads) {
    this.stage = stage;
    this.attempt = attempt;
    this.roads = roads;
  }

  /** A device will die at one of its next writes. */
  void crashSoon(Machine machine) {
    machine
        .disk()
        .plan()
        .crashAfter(stage.chance.below(CRASH_WRITES_MAX), stage.chance.percent(50));
    stage.trace.note(machine + " will die soon");
  }

  /** A device's disk is full for some writes. */
  void fill(Machine machine) {
    machine.disk().plan().fullFor(1 + stage.chance.below(6));
    stage.trace.fault(Fault.DEVICE_DISK_FULL);
  }

  /** Somebody locks his device; it is opened again when it is used next. */
  void lock(Machine machine) {
    if (!attempt.isBusy(machine)) {
      machine.close();
      stage.auditor.locked(machine.id());
      stage.trace.fault(Fault.DEVICE_LOCKED);
    }
  }

  /** Somebody takes a backup of a device. */
  void image(Machine machine) {
    images.put(machine, machine.disk().image());
    stage.trace.note(machine + " is backed up");
  }

  /** Somebody puts a backup back. */
  void restore(Machine machine) throws CairnException {
    Disk.Copy image = images.get(machine);
    if (image == null || attempt.isBusy(machine)) {
      return;
    }
    roads.willBePutBack(machine);
    machine.close();
    machine.disk().restore(image);
    stage.trace.fault(machine.coordinates() ? Fault.DESK_RESTORED : Fault.DEVICE_RESTORED);
    stage.trace.note(machine + " is put back");
    stage.auditor.restored(machine.id());
    stage.seen.remove(machine);
  }

  /** A clock goes wrong, by hours or by years, or is set right. */
  void clock(Machine machine) {
    long off =
        switch (stage.chance.below(4)) {
          case 0 -> 0;
          case 1 -> stage.chance.below(48) * HOUR_MILLIS - DAY_MILLIS;
          case 2 -> -stage.chance.below(4000) * DAY_MILLIS;
          default -> stage.chance.below(4000) * DAY_MILLIS;
        };
    machine.clock().off(off);
    if (off != 0) {
      stage.trace.fault(Fault.CLOCK_WRONG);
    }
  }

  /** The server will die at one of its next writes, or dies now. */
  void crashServer() {
    if (stage.chance.percent(20)) {
      stage.server.stop();
      stage.trace.fault(Fault.SERVER_CRASH);
    } else if (stage.chance.percent(50)) {
      stage
          .server
          .plan()
          .atNextCommit(
              stage.chance.percent(50) ? DiskPlan.Fate.DIES_BEFORE : DiskPlan.Fate.DIES_AFTER);
    } else {
      stage.server.plan().crashAfter(stage.chance.below(60), stage.chance.percent(50));
    }
  }

  /** The server's disk is full for some writes. */
  void fillServer() {
    if (stage.chance.percent(50)) {
      stage.server.plan().atNextCommit(DiskPlan.Fate.FULL);
    } else {
      stage.server.plan().fullFor(1 + stage.chance.below(8));
    }
    stage.trace.fault(Fault.SERVER_DISK_FULL);
  }

  /** Somebody starts the server again. */
  void startServer() throws StoreException {
    if (!stage.server.isUp()) {
      stage.server.start();
      stage.trace.note("the server starts");
    }
  }

  /** Time passes: mostly minutes, at times weeks. */
  void passTime() {
    int kind = stage.chance.below(100);
    long more;
    if (kind < 85) {
      more = stage.chance.below(60) * 60_000L;
    } else if (kind < 97) {
      more = stage.chance.below(72) * HOUR_MILLIS;
    } else {
      more = (20 + stage.chance.below(80)) * DAY_MILLIS;
      stage.trace.fault(Fault.LONG_SILENCE);
    }
    stage.time.pass(more);
  }

  /** Everything is mended, and two days pass: what waits for a day is due. */
  void end() throws StoreException {
    stage.time.pass(2 * DAY_MILLIS);
    stage.server.plan().heal();
    startServer();
    for (Machine machine : stage.people()) {
      machine.disk().plan().heal();
      machine.clock().off(0);
    }
  }
}
