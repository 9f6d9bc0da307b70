package dev.cairn.simulation.world;

import dev.cairn.client.space.DeviceInfo;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.simulation.device.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What coordinators do about people: they cut devices off, and give out new keys. */
final class Governing {

  private final Stage stage;
  private final Attempt attempt;

  Governing(Stage stage, Attempt attempt) {
    this.stage = stage;
    this.attempt = attempt;
  }

  /** Cuts a device off, a coordinator's at times. */
  void suspend(Machine machine) {
    attempt.on(
        machine,
        "suspend",
        () -> {
          List<DeviceInfo> others = new ArrayList<>();
          for (DeviceInfo device : machine.device().devices()) {
            boolean isOwner = device.device().equals(stage.desks.get(0).id());
            if (!isOwner
                && !device.device().equals(machine.id())
                && device.state() != DeviceEntry.State.SUSPENDED) {
              others.add(device);
            }
          }
          if (others.isEmpty()) {
            return;
          }
          suspend(machine, stage.chance.of(others).device());
        });
  }

  /** Cuts off a device that misbehaves. */
  void cutOff(Machine machine, DeviceId device) {
    attempt.on(
        machine,
        "cut off",
        () -> {
          boolean isIn =
              machine.device().roster().device(device).isPresent()
                  && !machine.device().roster().isSuspended(device);
          if (isIn) {
            suspend(machine, device);
          }
        });
  }

  private void suspend(Machine machine, DeviceId device) throws CairnException {
    machine.device().suspend(device);
    stage.trace.fault(Fault.SUSPENSION);
    stage.trace.note("  " + device + " is cut off");
    stage.auditor.cutOff(machine.id(), device);
    if (stage.chance.percent(70)) {
      rekeyDesk(machine);
    }
  }

  /** Gives the coordinators' circle new keys; two of them at once, at times. */
  void rekey(Machine machine) {
    attempt.on(machine, "re-key", () -> rekeyDesk(machine));
    Machine other = stage.chance.of(stage.desks);
    if (other != machine && stage.chance.percent(50)) {
      attempt.on(other, "re-key", () -> rekeyDesk(other));
      stage.trace.fault(Fault.REKEY_CONCURRENT);
    }
  }

  private void rekeyDesk(Machine machine) throws CairnException {
    Optional<CircleId> desk = machine.device().roster().desk();
    if (desk.isPresent()) {
      stage.givesKeys(machine.device(), () -> machine.device().rekey(desk.get()));
      stage.trace.fault(Fault.REKEY);
    }
  }
}
