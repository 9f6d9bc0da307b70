package dev.cairn.client;

import dev.cairn.client.disk.FaultyDisk;
import dev.cairn.client.held.HeldChange;
import dev.cairn.client.held.WaitingContent;
import dev.cairn.client.host.Host;
import dev.cairn.client.ledger.HonestLedger;
import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.report.NewRecord;
import dev.cairn.client.report.SealMode;
import dev.cairn.client.space.Beginnings;
import dev.cairn.client.space.LettingIn;
import dev.cairn.client.space.NewStore;
import dev.cairn.client.store.DiskFailure;
import dev.cairn.client.store.RowStore;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.sync.SyncResult;
import dev.cairn.client.vault.DestructibleKeys;
import dev.cairn.client.vault.KeyName;
import dev.cairn.client.vault.KeyProtector;
import dev.cairn.client.vault.StoreFolder;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.invitation.InvitationFile;
import dev.cairn.protocol.invitation.ServerInvitation;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.recovery.RecoverySecret;
import dev.cairn.protocol.recovery.RecoverySheet;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A space on a ledger in memory, with devices in folders. Time stands where it was set and chance
 * is seeded; master keys are ready made, so that no test waits for Argon2id.
 */
final class TestSpace implements AutoCloseable {

  private static final long START_MILLIS = 1_700_000_000_000L;
  private static final long FAR_SECONDS = 4_000_000_000L;

  final Path folder;
  final Host host;
  final HonestLedger ledger;
  private final List<Device> open = new ArrayList<>();
  private final MovedClock clock = new MovedClock();
  private StoreDrivers drivers = StoreDrivers.SQLITE;
  private @Nullable FaultyDisk disk;

  TestSpace(Path folder, long seed) {
    this(folder, seed, null);
  }

  private TestSpace(Path folder, long seed, HonestLedger given) {
    this.folder = folder;
    this.host = host(seed, clock);
    this.ledger = given == null ? new HonestLedger(host.randomness()) : given;
  }

  static Host host(long seed) {
    return host(seed, new MovedClock());
  }

  private static Host host(long seed, Clock clock) {
    Random random = new Random(seed);
    Randomness randomness = random::nextBytes;
    return new Host(clock, () -> 0, randomness);
  }

  /** Stands where it was set. */
  private static final class MovedClock extends Clock {

    private Instant now = Instant.ofEpochMilli(START_MILLIS);

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("a clock of no zone");
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  /** Sets every device's clock on, or back. */
  void pass(Duration time) {
    clock.now = clock.now.plus(time);
  }

  /** From now on stores are made and opened on this disk. */
  void disk(FaultyDisk value) {
    disk = value;
    drivers =
        new StoreDrivers() {
          @Override
          public Secret newMaster(
              Path slot, Secret passphrase, KeyProtector protector, Randomness randomness)
              throws CairnException {
            try {
              Files.write(slot, new byte[] {0});
              return master(String.valueOf(slot.getParent().getFileName()));
            } catch (IOException e) {
              throw DiskFailure.named("making the slot", e, slot);
            }
          }

          @Override
          public RowStore rows(StoreFolder at) throws CairnException {
            return value.rows(SQLITE.rows(at));
          }

          @Override
          public void begin(StoreFolder at, Secret key, Randomness randomness)
              throws CairnException {
            SQLITE.begin(at, key, randomness);
          }

          @Override
          public DestructibleKeys keys(StoreFolder at, Secret key, Randomness randomness)
              throws CairnException {
            return SQLITE.keys(at, key, randomness);
          }
        };
  }

  /** From now on stores are kept with these. */
  void drivers(StoreDrivers value) {
    drivers = value;
  }

  /** The master key of a store that was begun here. */
  static Secret master(String name) {
    byte[] key = new byte[32];
    key[0] = (byte) name.hashCode();
    key[1] = (byte) (name.hashCode() >> 8);
    return Secret.take(key);
  }

  Path path(String name) {
    Path path = folder.resolve(name);
    return disk == null ? path : disk.path(path);
  }

  /** Joins without a network, as the program does it: the slot gets its name last. */
  Device make(String name, InvitationFile invitation) throws CairnException {
    NewStore beginning = new Beginnings(host).join(invitation, "Member", SealMode.ON_RECEIPT);
    Secret passphrase = Secret.take(new byte[] {1});
    return kept(
        new Stores(host, drivers).make(path(name), passphrase, KeyProtector.NONE, beginning));
  }

  /** A new owner's device by the recovery secret, as the program makes it. */
  Device recover(String name, RecoverySecret secret, Device informed) throws CairnException {
    RecoverySheet sheet = new RecoverySheet(informed.profile().space(), secret);
    NewStore beginning =
        new Beginnings(host)
            .recover(
                sheet, informed.roster().statements(), informed.profile().server(), "The owner");
    Secret passphrase = Secret.take(new byte[] {1});
    return kept(
        new Stores(host, drivers).make(path(name), passphrase, KeyProtector.NONE, beginning));
  }

  /** An invitation for a reporter that many may use. */
  InvitationFile invitation(Device inviter) throws CairnException {
    InvitationFile invitation =
        new LettingIn(inviter.holdings())
            .offer(Role.REPORTER, List.of(), 1_000, FAR_SECONDS, inviter.profile().server());
    sync(inviter);
    return invitation;
  }

  private Device begin(String name, NewStore beginning) throws CairnException, IOException {
    StoreFolder held = StoreFolder.create(path(name));
    Files.write(held.slot(), new byte[] {0});
    return kept(new Stores(host, drivers).begin(held, master(name), beginning));
  }

  Device open(String name) throws CairnException {
    return openAs(name, name);
  }

  /** Opens a copy of a store. */
  Device openAs(String name, String original) throws CairnException {
    StoreFolder held = StoreFolder.open(path(name));
    boolean done = false;
    try {
      Device device = kept(new Stores(host, drivers).start(held, master(original)));
      done = true;
      return device;
    } finally {
      if (!done) {
        held.close();
      }
    }
  }

  private Device kept(Device device) {
    open.add(device);
    return device;
  }

  void close(Device device) {
    open.remove(device);
    device.close();
  }

  /** Founds the space. */
  Device owner(String name) throws CairnException, IOException {
    return owner(name, Optional.empty());
  }

  Device owner(String name, Optional<RecoverySecret> recovery) throws CairnException, IOException {
    return owner(name, recovery, "Space");
  }

  Device owner(String name, Optional<RecoverySecret> recovery, String spaceName)
      throws CairnException, IOException {
    NewStore beginning =
        new Beginnings(host)
            .found(ServerInvitation.decode(ledger.invitation()), spaceName, "The owner", recovery);
    Device device = begin(name, beginning);
    sync(device);
    return device;
  }

  /** A further coordinator, confirmed and known to the server. */
  Device coordinator(Device inviter, String name) throws CairnException, IOException {
    Device device = join(inviter, name, Role.COORDINATOR, SealMode.NEVER);
    sync(device);
    sync(inviter);
    inviter.confirmDevice(device.profile().device());
    sync(inviter);
    sync(device);
    return device;
  }

  /** Joins without a network. */
  Device join(Device inviter, String name, Role role, SealMode mode)
      throws CairnException, IOException {
    return join(inviter, name, role, mode, List.of());
  }

  /** Joins as somebody who may write to these circles. */
  Device join(Device inviter, String name, Role role, SealMode mode, List<CircleId> circles)
      throws CairnException, IOException {
    Device joined = joinUnheard(inviter, name, role, mode, circles);
    sync(inviter);
    return joined;
  }

  /** Joins by an invitation of which the server has not heard yet. */
  Device joinUnheard(Device inviter, String name, Role role, SealMode mode, List<CircleId> circles)
      throws CairnException, IOException {
    InvitationFile invitation =
        new LettingIn(inviter.holdings())
            .offer(role, circles, 10, FAR_SECONDS, inviter.profile().server());
    return begin(name, new Beginnings(host).join(invitation, "Member " + name, mode));
  }

  /** Takes the place of every owner there was. */
  Device recovered(String name, RecoverySheet sheet, RosterState state)
      throws CairnException, IOException {
    return begin(
        name,
        new Beginnings(host)
            .recover(
                sheet,
                state.statements(),
                ServerInvitation.decode(ledger.invitation()).address(),
                "The heir"));
  }

  Device reporter(Device inviter, String name) throws CairnException, IOException {
    return join(inviter, name, Role.REPORTER, SealMode.ON_RECEIPT);
  }

  SyncResult sync(Device device) throws CairnException {
    return device.sync(LedgerTransport.to(ledger), SyncListener.NONE);
  }

  /** The keys of what reports and coordinators said, by name. */
  static List<KeyName> contentKeys(Device device) {
    return device.holdings().keys().names().stream()
        .filter(WaitingContent::isNamed)
        .collect(Collectors.toList());
  }

  static NewRecord note(String text) {
    return NewRecord.of(List.of(new Operation.Note(text)));
  }

  /** Every note a device can open, in order. */
  static List<String> notes(Device device) throws CairnException {
    List<String> notes = new ArrayList<>();
    device.openedChanges(
        held ->
            held.opened()
                .ifPresent(
                    opened ->
                        opened
                            .body()
                            .operations()
                            .forEach(
                                operation -> {
                                  if (operation instanceof Operation.Note note) {
                                    notes.add(note.text());
                                  }
                                })));
    return notes;
  }

  static List<HeldChange> held(Device device) throws CairnException {
    List<HeldChange> held = new ArrayList<>();
    device.openedChanges(held::add);
    return held;
  }

  @Override
  public void close() {
    new ArrayList<>(open).forEach(Device::close);
  }
}
