package dev.cairn.client;

import dev.cairn.client.host.Host;
import dev.cairn.client.report.SealMode;
import dev.cairn.client.space.Beginnings;
import dev.cairn.client.space.LettingIn;
import dev.cairn.client.space.NewStore;
import dev.cairn.client.store.RowStore;
import dev.cairn.client.vault.DestructibleKeys;
import dev.cairn.client.vault.KeyProtector;
import dev.cairn.client.vault.KeySlot;
import dev.cairn.client.vault.StoreFolder;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.invitation.InvitationFile;
import dev.cairn.protocol.invitation.ServerInvitation;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Ordinary stores, which commands open by their passphrase, but all with one and the same slot: the
 * passphrase is stretched once, and not for each of them.
 */
public final class StoresUnderOneKey {

  private static final long FAR_SECONDS = 4_000_000_000L;
  private static final int USES = 10;

  private final Host host = Host.system();
  private final Secret master;
  private final byte[] slot;
  private final Secret passphrase;
  private final Stores stores;

  /** Makes the slot, in a folder that is there. */
  public StoresUnderOneKey(Path folder, String passphrase) throws CairnException, IOException {
    this.passphrase = Secret.take(passphrase.getBytes(StandardCharsets.UTF_8));
    Path file = folder.resolve("slot");
    master = KeySlot.create(file, this.passphrase, KeyProtector.NONE, host.randomness());
    slot = Files.readAllBytes(file);
    stores = new Stores(host, new Drivers());
  }

  /** Keeps stores as always, but for the slot. */
  private final class Drivers implements StoreDrivers {

    @Override
    public Secret newMaster(
        Path file, Secret ignored, KeyProtector protector, Randomness randomness) {
      try {
        Files.write(file, slot);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return key();
    }

    @Override
    public RowStore rows(StoreFolder folder) throws CairnException {
      return SQLITE.rows(folder);
    }

    @Override
    public void begin(StoreFolder folder, Secret key, Randomness randomness) throws CairnException {
      SQLITE.begin(folder, key, randomness);
    }

    @Override
    public DestructibleKeys keys(StoreFolder folder, Secret key, Randomness randomness)
        throws CairnException {
      return SQLITE.keys(folder, key, randomness);
    }
  }

  private Secret key() {
    return Secret.take(master.expose().clone());
  }

  private Device make(Path folder, NewStore beginning) throws CairnException {
    return stores.make(folder, passphrase, KeyProtector.NONE, beginning);
  }

  /** Founds a space; the server hears of it at the first sync. */
  public Device found(Path folder, byte[] serverInvitation, String pseudonym)
      throws CairnException {
    ServerInvitation invitation = ServerInvitation.decode(serverInvitation);
    return make(
        folder, new Beginnings(host).found(invitation, "Space", pseudonym, Optional.empty()));
  }

  /** Joins on a coordinator's word, of which the server hears at his next sync. */
  public Device join(Device inviter, Path folder, Role role, String pseudonym)
      throws CairnException {
    InvitationFile invitation =
        new LettingIn(inviter.holdings())
            .offer(role, List.of(), USES, FAR_SECONDS, inviter.profile().server());
    return make(folder, new Beginnings(host).join(invitation, pseudonym, SealMode.ON_RECEIPT));
  }

  /** Opens a store, or a copy of it. */
  public Device open(Path folder) throws CairnException {
    Secret key = key();
    try {
      return stores.start(StoreFolder.open(folder), key);
    } finally {
      key.wipe();
    }
  }

  /** Opens a store whose device's clock runs ahead. */
  public Device openLater(Path folder, Duration ahead) throws CairnException {
    Secret key = key();
    Clock clock = Clock.offset(host.clock(), ahead);
    Host later = new Host(clock, host.monotonicMillis(), host.randomness());
    try {
      return new Stores(later, new Drivers()).start(StoreFolder.open(folder), key);
    } finally {
      key.wipe();
    }
  }

  /** Opens a circle of these devices, of an id that is known before. */
  public void openCircle(Device coordinator, CircleId circle, String name, List<DeviceId> members)
      throws CairnException {
    coordinator.addStatement(
        new RosterWriter(coordinator.roster(), host.randomness())
            .epoch(circle, name, members, coordinator.holdings().identity().signingKey())
            .statement());
  }

  /**
   * New keys for a circle, of a coordinator who has not seen some of the statements, and before
   * whose keys writers take no others that were made meanwhile.
   */
  public void openUnaware(
      Device coordinator, CircleId circle, List<DeviceId> members, List<StatementId> unseen)
      throws CairnException {
    RosterWriter writer = new RosterWriter(coordinator.roster().without(unseen), host.randomness());
    Statement epoch = null;
    while (epoch == null || !isTaken(coordinator, circle, epoch)) {
      epoch =
          writer
              .epoch(circle, "", members, coordinator.holdings().identity().signingKey())
              .statement();
    }
    coordinator.addStatement(epoch);
  }

  private static boolean isTaken(Device device, CircleId circle, Statement epoch) {
    return device
        .roster()
        .with(epoch)
        .writingKey(circle)
        .map(key -> StatementId.of(key.epoch().bytes()).equals(epoch.id()))
        .orElse(false);
  }
}
