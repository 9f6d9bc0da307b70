package dev.cairn.simulation.world;

import dev.cairn.client.Device;
import dev.cairn.client.report.SealMode;
import dev.cairn.client.space.DeviceInfo;
import dev.cairn.client.vault.KeyProtector;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.invitation.InvitationFile;
import dev.cairn.protocol.recovery.RecoverySecret;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.Role;
import dev.cairn.simulation.device.Machine;
import java.util.List;
import java.util.Optional;

/** Who is in the world, and how he came in. */
final class Casting {

  private static final long FAR_SECONDS = 4_000_000_000L;
  private static final List<SealMode> MODES =
      List.of(SealMode.ON_RECEIPT, SealMode.ON_RECEIPT, SealMode.ON_SAVE, SealMode.NEVER);

  private final Stage stage;
  private final Attempt attempt;
  private final Roads roads;

  Casting(Stage stage, Attempt attempt, Roads roads) {
    this.stage = stage;
    this.attempt = attempt;
    this.roads = roads;
  }

  /** Founds the space and lets the first people in. */
  void begin() throws CairnException {
    Machine owner = machine("owner");
    byte[] invitation = stage.server.invitation();
    RecoverySecret recovery = RecoverySecret.generate(stage.chance);
    owner.begin(
        owner
            .stores()
            .createSpace(
                owner.folder(),
                Machine.passphrase(),
                KeyProtector.NONE,
                invitation,
                stage.word(),
                stage.word(),
                Optional.of(recovery),
                profile -> stage.founded(profile.space()),
                (address, pin) -> roads.good()));
    in(owner, stage.desks);
    int coordinators = 1 + stage.chance.below(3);
    for (int i = 0; i < coordinators; i++) {
      coordinator(owner);
    }
    int phones = stage.chance.percent(8) ? 10 + stage.chance.below(20) : 2 + stage.chance.below(4);
    for (int i = 0; i < phones; i++) {
      reporter(owner, roads.isQuiet(owner));
    }
    for (Machine machine : stage.people()) {
      roads.sync(machine, roads.good());
    }
    for (DeviceInfo waiting : owner.device().devices()) {
      if (waiting.state() == DeviceEntry.State.PROVISIONAL && stage.chance.percent(80)) {
        owner.device().confirmDevice(waiting.device());
      }
    }
    for (int i = 0; i < 2; i++) {
      for (Machine machine : stage.desks) {
        roads.sync(machine, roads.good());
      }
    }
  }

  private void coordinator(Machine owner) throws CairnException {
    Machine desk = machine("desk" + stage.desks.size());
    InvitationFile invitation = owner.device().offer(Role.COORDINATOR, List.of(), 1, FAR_SECONDS);
    roads.sync(owner, roads.good());
    join(desk, invitation, SealMode.NEVER);
    roads.sync(desk, roads.good());
    roads.sync(owner, roads.good());
    owner.device().confirmDevice(desk.id());
    roads.sync(owner, roads.good());
    in(desk, stage.desks);
    roads.sync(desk, roads.good());
  }

  /** Invites somebody who joins at once, without a network. */
  void reporter(Machine inviter, boolean inviterSyncs) throws CairnException {
    Machine phone = machine("phone" + stage.phones.size());
    InvitationFile invitation =
        inviter.device().offer(Role.REPORTER, List.of(), 1 + stage.chance.below(3), FAR_SECONDS);
    if (inviterSyncs) {
      roads.sync(inviter, roads.good());
    }
    join(phone, invitation, stage.chance.of(MODES));
    in(phone, stage.phones);
  }

  /** Invites somebody who should not have been. */
  Rogue rogue(Machine inviter, Carrier carrier) throws CairnException {
    Rogue rogue =
        new Rogue(stage, inviter.device().offer(Role.REPORTER, List.of(), 1, FAR_SECONDS), carrier);
    stage.auditor.introduced(rogue.id(), false, false);
    return rogue;
  }

  /** A coordinator confirms one of those who wait. */
  void confirm(Machine desk) {
    attempt.on(
        desk,
        "confirm a device",
        () -> {
          for (DeviceInfo waiting : desk.device().devices()) {
            if (waiting.state() == DeviceEntry.State.PROVISIONAL) {
              stage.givesKeys(desk.device(), () -> desk.device().confirmDevice(waiting.device()));
              return;
            }
          }
        });
  }

  private void join(Machine machine, InvitationFile invitation, SealMode mode)
      throws CairnException {
    Device made =
        machine
            .stores()
            .join(
                machine.folder(),
                Machine.passphrase(),
                KeyProtector.NONE,
                invitation,
                stage.word(),
                mode);
    machine.begin(made);
  }

  private void in(Machine machine, List<Machine> among) {
    among.add(machine);
    stage.auditor.introduced(machine.id(), machine.coordinates(), true);
    stage.trace.note(machine + " is in: " + machine.id());
  }

  private Machine machine(String name) {
    return new Machine(name, stage.folder.resolve(name), stage.time, stage.chance, stage.disks);
  }
}
