package dev.cairn.fuzzing;

import dev.cairn.client.Device;
import dev.cairn.client.check.FsckReport;
import dev.cairn.client.report.NewRecord;
import dev.cairn.client.report.SealMode;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.vault.KeyProtector;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.bundle.BundleWriter;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.invitation.InvitationFile;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.recovery.RecoverySecret;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.server.ledger.LogEntry;
import dev.cairn.server.ledger.LogSigner;
import dev.cairn.simulation.device.Machine;
import dev.cairn.simulation.disk.Disks;
import dev.cairn.simulation.network.LinkPlan;
import dev.cairn.simulation.network.SimulatedLink;
import dev.cairn.simulation.network.Tap;
import dev.cairn.simulation.server.ServerMachine;
import dev.cairn.simulation.server.SignerDoor;
import dev.cairn.simulation.server.SimulatedServer;
import dev.cairn.simulation.time.VirtualTime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A space that was founded once, by the real programs, and is what every input begins with: a desk
 * and a phone, switched off in the middle of things, the log of their server, and a member whose
 * keys the fuzzer has.
 */
final class Founded {

  private static final long START_MILLIS = 1_750_000_000_000L;
  private static final long FAR_SECONDS = 4_000_000_000L;
  private static @org.jspecify.annotations.Nullable Founded space;
  private static @org.jspecify.annotations.Nullable Founded later;

  final SpaceId id;
  final Path folder;
  final LogSigner signer;
  final ServerMachine.Asleep server;

  /** The server when it held less: what it was restored from. */
  final ServerMachine.Asleep earlier;

  /** Has one report that was confirmed and two that no server has seen. */
  final Machine.Asleep phone;

  /** Has not seen what the insider said, and has something to say. */
  final Machine.Asleep desk;

  final List<LogEntry> entries = new ArrayList<>();
  final Insider insider;
  final RecordId confirmed;

  /** What the phone has said and no server has seen. */
  final Set<ChangeId> unsent = new HashSet<>();

  /** Parcels with that, as a courier would carry them. */
  final byte[] carried;

  private Founded(Path folder) throws CairnException, IOException {
    this.folder = folder;
    Randomness chance = new Random(3)::nextBytes;
    VirtualTime time = time();
    ServerMachine machine =
        ServerMachine.make(folder.resolve("server"), new VirtualTime.WrongClock(time), chance);
    machine.start();
    signer = SignerDoor.of(machine);
    Machine owner = new Machine("desk", folder.resolve("desk"), time, chance, Disks.SIMULATED);
    Machine reporter = new Machine("phone", folder.resolve("phone"), time, chance, Disks.SIMULATED);
    owner.begin(
        owner
            .stores()
            .createSpace(
                owner.folder(),
                Machine.passphrase(),
                KeyProtector.NONE,
                machine.invitation(),
                "Space",
                "Owner",
                Optional.of(RecoverySecret.generate(chance)),
                profile -> {},
                (address, pin) -> link(machine)));
    Device desk = owner.device();
    id = desk.profile().space();
    owner.desk().sync(link(machine), SyncListener.NONE);
    InvitationFile forPhone = desk.offer(Role.REPORTER, List.of(), 1, FAR_SECONDS);
    InvitationFile forInsider = desk.offer(Role.REPORTER, List.of(), 1, FAR_SECONDS);
    owner.desk().sync(link(machine), SyncListener.NONE);
    Device phone =
        reporter.begin(
            reporter
                .stores()
                .join(
                    reporter.folder(),
                    Machine.passphrase(),
                    KeyProtector.NONE,
                    forPhone,
                    "Reporter",
                    SealMode.ON_RECEIPT));
    confirmed = phone.record(note("the first"));
    phone.sync(link(machine), SyncListener.NONE);
    insider = Insider.enter(forInsider, machine, chance);
    owner.desk().sync(link(machine), SyncListener.NONE);
    desk.confirmDevice(reporter.id());
    desk.confirmDevice(insider.id());
    owner.desk().sync(link(machine), SyncListener.NONE);
    phone.sync(link(machine), SyncListener.NONE);
    earlier = copy(machine);
    for (String text : List.of("the second", "the third")) {
      unsent.addAll(phone.show(phone.record(note(text))).changeIds());
    }
    owner.desk().reviewing().sendBack(confirmed, "where?");
    owner.desk().sync(link(machine), SyncListener.NONE);
    desk.record(note("the desk's own"));
    insider.report(machine, "seen by nobody yet");
    insider.report(machine, "nor this");
    readEntries(machine);
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    phone.exportBundle(bundle, Long.MAX_VALUE);
    carried =
        Arrays.copyOfRange(bundle.toByteArray(), BundleWriter.beginning().length, bundle.size());
    this.phone = reporter.asleep();
    this.desk = owner.asleep();
    this.server = machine.asleep();
  }

  /** The space; founded when it is asked for first. */
  static synchronized Founded space() {
    Founded known = space;
    if (known == null) {
      try {
        Path folder = Files.createTempDirectory("cairn-fuzz");
        folder.toFile().deleteOnExit();
        known = new Founded(folder);
      } catch (CairnException | IOException e) {
        throw new IllegalStateException("the space cannot be founded", e);
      }
      space = known;
    }
    return known;
  }

  /** The same a moment later: the desk is another's, whom the first has let in by stick. */
  private Founded(Founded before) throws CairnException, IOException {
    this.folder = before.folder;
    this.id = before.id;
    this.signer = before.signer;
    this.earlier = before.earlier;
    this.phone = before.phone;
    this.insider = before.insider;
    this.confirmed = before.confirmed;
    this.unsent.addAll(before.unsent);
    this.carried = before.carried;
    Randomness chance = new Random(13)::nextBytes;
    ServerMachine machine =
        ServerMachine.wake(
            folder.resolve("later"),
            new VirtualTime.WrongClock(time()),
            chance,
            before.server,
            Disks.SIMULATED);
    machine.start();
    Machine owner = before.wake(before.desk);
    Machine second =
        new Machine("second", folder.resolve("second"), time(), chance, Disks.SIMULATED);
    second.begin(
        second
            .stores()
            .join(
                second.folder(),
                Machine.passphrase(),
                KeyProtector.NONE,
                owner.device().offer(Role.COORDINATOR, List.of(), 1, FAR_SECONDS),
                "Second",
                SealMode.NEVER));
    ByteArrayOutputStream stick = new ByteArrayOutputStream();
    second.device().exportBundle(stick, Long.MAX_VALUE);
    owner.device().importBundle(new ByteArrayInputStream(stick.toByteArray()));
    owner.device().confirmDevice(second.id());
    owner.desk().sync(link(machine), SyncListener.NONE);
    owner.close();
    readEntries(machine);
    this.desk = second.asleep();
    this.server = machine.asleep();
  }

  private void readEntries(ServerMachine machine) throws CairnException {
    try (LedgerView view = machine.ledger().store().view()) {
      view.entries(
          id,
          0,
          entry -> {
            entries.add(entry);
            return true;
          });
    }
  }

  /** The space when its desk is one that has read nothing of the log yet. */
  static synchronized Founded withANewDesk() {
    Founded known = later;
    if (known == null) {
      try {
        known = new Founded(space());
      } catch (CairnException | IOException e) {
        throw new IllegalStateException("nobody is let in", e);
      }
      later = known;
    }
    return known;
  }

  private static ServerMachine.Asleep copy(ServerMachine machine) throws CairnException {
    ServerMachine other = machine.fork(machine.file().resolveSibling("earlier"));
    return other.asleep();
  }

  static VirtualTime time() {
    return new VirtualTime(START_MILLIS);
  }

  static NewRecord note(String text) {
    return NewRecord.of(List.of(new Operation.Note(text)));
  }

  static SimulatedLink link(ServerMachine machine) {
    return new SimulatedLink(
        new SimulatedServer(machine)::answer,
        () -> {
          throw new IllegalStateException("the server died");
        },
        LinkPlan.GOOD,
        new Unheard());
  }

  /**
   * Nothing is wrong with a store but what it keeps of a liar, and that its key ring is no file.
   */
  static void isWhole(Device device) throws CairnException {
    isWhole(device, Set.of("server.lies", "keys.missing"));
  }

  /** The same, when a liar may still withhold bodies from a device that has told of him. */
  static void isWholeButForALiar(Device device) throws CairnException {
    isWhole(
        device,
        device.serverLied()
            ? Set.of("server.lies", "keys.missing", "change.body-missing")
            : Set.of("keys.missing"));
  }

  private static void isWhole(Device device, Set<String> taken) throws CairnException {
    for (FsckReport.Problem problem : device.fsck().problems()) {
      Trial.holds(taken.contains(problem.kind()), "a store is damaged: " + problem);
    }
  }

  /** A machine as it was when it was switched off; its chance is always the same. */
  Machine wake(Machine.Asleep asleep) throws CairnException {
    Machine machine =
        new Machine(
            asleep.name(),
            folder.resolve("awake-" + asleep.name()),
            time(),
            new Random(5)::nextBytes,
            Disks.SIMULATED);
    machine.wake(asleep);
    return machine;
  }

  private static final class Unheard implements Tap {
    @Override
    public void up(byte[] bytes) {}

    @Override
    public void down(byte[] bytes) {}

    @Override
    public void whole(Tap.Recorded request) {}
  }
}
