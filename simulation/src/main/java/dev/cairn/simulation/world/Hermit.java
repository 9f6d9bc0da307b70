package dev.cairn.simulation.world;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.simulation.device.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Somebody who never has a network while the others make their peace: what he wrote goes by stick
 * to whoever passes, and what becomes of it comes back the same way. All of it has to.
 */
final class Hermit {

  private final Stage stage;
  private final Couriers couriers;
  private final Machine machine;

  private Hermit(Stage stage, Couriers couriers, Machine machine) {
    this.stage = stage;
    this.couriers = couriers;
    this.machine = machine;
  }

  /** One of the phones, in every second world; none whom a stick could not serve. */
  static Optional<Hermit> among(Stage stage, Couriers couriers, boolean honest)
      throws CairnException {
    RosterState roster = roster(stage);
    List<Machine> phones = new ArrayList<>();
    for (Machine phone : stage.phones) {
      // Who was put back has branches that he can only hear of from the server.
      if (isIn(roster, phone.id()) && !stage.auditor.wasRestored(phone.id())) {
        phones.add(phone);
      }
    }
    if (!honest || phones.isEmpty() || stage.chance.percent(50)) {
      return Optional.empty();
    }
    Hermit hermit = new Hermit(stage, couriers, stage.chance.of(phones));
    stage.trace.note(hermit.machine + " has no network");
    return Optional.of(hermit);
  }

  private static RosterState roster(Stage stage) throws CairnException {
    return stage.server.ledger().snapshot(stage.space()).orElseThrow().roster();
  }

  private static boolean isIn(RosterState roster, DeviceId device) {
    return roster.device(device).isPresent() && !roster.isSuspended(device);
  }

  boolean is(Machine other) {
    return machine == other;
  }

  /** Hands somebody what it has to send. */
  Optional<Machine> send() throws CairnException {
    List<Machine> couriers = new ArrayList<>();
    for (Machine other : stage.people()) {
      if (other != machine && isIn(roster(stage), other.id())) {
        couriers.add(other);
      }
    }
    if (couriers.isEmpty()) {
      return Optional.empty();
    }
    Machine courier = stage.chance.of(couriers);
    this.couriers.hand(machine, courier);
    return Optional.of(courier);
  }

  /** Gets what somebody brings back. */
  void receive(Machine courier) {
    couriers.hand(courier, machine);
  }

  /** Whether something that it wrote has not come back as received. */
  boolean waits() throws CairnException {
    return waiting() > 0;
  }

  /** Says if something that it wrote has not come back as received, though nothing moves more. */
  void judge() throws CairnException {
    long waiting = waiting();
    if (waiting > 0 && isIn(roster(stage), machine.id())) {
      stage.auditor.found(
          "P5", "stick.stuck: " + waiting + " of " + machine + " never came back by stick");
    }
  }

  private long waiting() throws CairnException {
    return machine.device().state().pending();
  }
}
