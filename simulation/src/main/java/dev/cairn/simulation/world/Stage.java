package dev.cairn.simulation.world;

import dev.cairn.client.Device;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.CheckpointRef;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.roster.CircleState;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.simulation.audit.Auditor;
import dev.cairn.simulation.audit.Saying;
import dev.cairn.simulation.device.Machine;
import dev.cairn.simulation.disk.Disks;
import dev.cairn.simulation.network.Tap;
import dev.cairn.simulation.server.ServerMachine;
import dev.cairn.simulation.time.VirtualTime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Everything there is in one world, for its parts to share. */
final class Stage implements Tap {

  private static final long START_MILLIS = 1_750_000_000_000L;
  private static final int RECORDED_MAX = 64;

  final Path folder;
  final Disks disks;
  final Chance chance;
  final Auditor auditor;
  final Trace trace = new Trace();
  final VirtualTime time = new VirtualTime(START_MILLIS);
  final VirtualTime.WrongClock serverClock = new VirtualTime.WrongClock(time);
  final List<Machine> phones = new ArrayList<>();
  final List<Machine> desks = new ArrayList<>();
  final List<Saying> sayings = new ArrayList<>();
  final LogMemory memory = new LogMemory();
  final Map<Machine, CheckpointRef> seen = new HashMap<>();
  final List<Stick> sticks = new ArrayList<>();
  final List<Tap.Recorded> recorded = new ArrayList<>();
  final ServerMachine server;
  private @Nullable SpaceId space;
  private int words;

  /** Whether somebody was told leaves of the log in another order since this was last unset. */
  boolean disordered;

  /** Whether the server was ever put back from a backup. */
  boolean restored;

  /** For the founding of a space. */
  Stage(long seed, Path folder) {
    this.folder = folder;
    this.disks = Disks.SIMULATED;
    this.chance = new Chance(seed);
    this.auditor = new Auditor();
    this.server = ServerMachine.make(folder.resolve("server"), serverClock, chance);
  }

  /** For what happens in a space that was founded. */
  Stage(long seed, Path folder, Auditor auditor, Cast cast, Disks disks) throws CairnException {
    this.folder = folder;
    this.disks = disks;
    this.chance = new Chance(seed);
    this.auditor = auditor;
    this.server =
        ServerMachine.wake(folder.resolve("server"), serverClock, chance, cast.server(), disks);
    this.space = cast.space();
    for (Machine.Asleep asleep : cast.people()) {
      Machine machine =
          new Machine(asleep.name(), folder.resolve(asleep.name()), time, chance, disks);
      machine.wake(asleep);
      (asleep.coordinates() ? desks : phones).add(machine);
      auditor.introduced(machine.id(), machine.coordinates(), true);
      trace.note(machine + " is in: " + machine.id());
    }
  }

  SpaceId space() {
    SpaceId founded = space;
    if (founded == null) {
      throw new IllegalStateException("the space is not founded");
    }
    return founded;
  }

  void founded(SpaceId value) {
    space = value;
  }

  /** A word that nobody else says, and that no server may ever see. */
  String word() {
    return Auditor.CANARY + "-" + words++;
  }

  /** Somebody said something; what the auditor is told. */
  Saying said(Device by, RecordId record, ChangeId change, List<Operation> operations) {
    Map<CircleId, EpochId> writing = new TreeMap<>();
    for (CircleState each : by.roster().circles()) {
      each.forWriting().ifPresent(epoch -> writing.put(each.id(), epoch.id()));
    }
    DeviceId device = by.profile().device();
    long clockMillis =
        people().stream()
            .filter(machine -> machine.id().equals(device))
            .mapToLong(machine -> machine.clock().latestMillis())
            .max()
            .orElseThrow();
    Saying saying =
        new Saying(device, record, change, operations, time.millis(), clockMillis, writing);
    trace.note("  " + change + " about " + record);
    auditor.said(saying);
    return saying;
  }

  /** What somebody does with his device that may give keys to people. */
  interface Giving {
    void give() throws CairnException;
  }

  /** Lets a coordinator do that, and tells of the statements that came of it. */
  void givesKeys(Device by, Giving giving) throws CairnException {
    Set<StatementId> before = new HashSet<>();
    by.roster().statements().forEach(each -> before.add(each.id()));
    giving.give();
    List<byte[]> made = new ArrayList<>();
    List<byte[]> held = new ArrayList<>();
    for (Statement each : by.roster().statements()) {
      held.add(each.encode());
      if (!before.contains(each.id())) {
        made.add(each.encode());
      }
    }
    auditor.gaveKeys(made, held);
  }

  /** Phones and desks of honest people. */
  List<Machine> people() {
    List<Machine> people = new ArrayList<>(desks);
    people.addAll(phones);
    return people;
  }

  @Override
  public void up(byte[] bytes) {
    auditor.heard(bytes);
  }

  @Override
  public void down(byte[] bytes) {
    auditor.answered(bytes);
  }

  @Override
  public void whole(Tap.Recorded request) {
    if (recorded.size() == RECORDED_MAX) {
      recorded.remove(0);
    }
    recorded.add(request);
  }
}
