package dev.cairn.client;

import dev.cairn.client.attachment.Attachments;
import dev.cairn.client.attachment.Refusals;
import dev.cairn.client.capture.Sealing;
import dev.cairn.client.courier.RosterBundle;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.host.Host;
import dev.cairn.client.report.SealMode;
import dev.cairn.client.space.Beginnings;
import dev.cairn.client.space.BroughtRoster;
import dev.cairn.client.space.DeviceInfo;
import dev.cairn.client.space.DeviceProfile;
import dev.cairn.client.space.NewStore;
import dev.cairn.client.store.EncryptedStore;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.sync.FirstContact;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.transport.Transport;
import dev.cairn.client.transport.Transports;
import dev.cairn.client.vault.DestructibleKeys;
import dev.cairn.client.vault.KeyProtector;
import dev.cairn.client.vault.StoreFolder;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.invitation.InvitationFile;
import dev.cairn.protocol.invitation.ServerInvitation;
import dev.cairn.protocol.recovery.RecoverySecret;
import dev.cairn.protocol.recovery.RecoverySheet;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.SigningKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Opens and makes the stores of devices on one {@link Host}. */
public final class Stores {

  private final Host host;
  private final StoreDrivers drivers;

  /** On this host: {@link Host#system}, or a simulated one. */
  public Stores(Host host) {
    this(host, StoreDrivers.SQLITE);
  }

  /** With other drivers. */
  public Stores(Host host, StoreDrivers drivers) {
    this.host = host;
    this.drivers = drivers;
  }

  /**
   * Opens a store.
   *
   * @throws dev.cairn.client.vault.KeysLockedException if the passphrase is not the one
   */
  public Device open(Path folder, Secret passphrase, KeyProtector protector) throws CairnException {
    StoreFolder held = StoreFolder.open(folder);
    Secret master = null;
    boolean done = false;
    try {
      held.requireRows();
      master = drivers.openMaster(held.slot(), passphrase, protector);
      Device device = start(held, master);
      done = true;
      return device;
    } finally {
      forget(master);
      if (!done) {
        held.close();
      }
    }
  }

  private static void forget(@Nullable Secret master) {
    if (master != null) {
      master.wipe();
    }
  }

  /** Opens a store whose folder is held, with its master key. */
  Device start(StoreFolder folder, Secret master) throws CairnException {
    EncryptedStore store = null;
    boolean done = false;
    try {
      store = new EncryptedStore(drivers.rows(folder), master, host.randomness());
      DestructibleKeys keys = drivers.keys(folder, master, host.randomness());
      Holdings holdings = Holdings.read(folder, store, keys, host);
      new Sealing(holdings).repair();
      new Attachments(holdings).repair();
      done = true;
      return new Device(holdings);
    } finally {
      if (!done && store != null) {
        store.close();
      }
    }
  }

  /** Makes a store and opens it; when that fails, nothing is left that counts as one. */
  Device make(Path folder, Secret passphrase, KeyProtector protector, NewStore beginning)
      throws CairnException {
    StoreFolder held = StoreFolder.create(folder);
    Secret master = null;
    boolean done = false;
    try {
      master = drivers.newMaster(held.slotInMaking(), passphrase, protector, host.randomness());
      Device device = complete(held, begin(held, master, beginning));
      done = true;
      return device;
    } finally {
      forget(master);
      if (!done) {
        remove(held);
      }
    }
  }

  /** The slot gets its name last: a crash before that leaves no store, after it a whole one. */
  private static Device complete(StoreFolder held, Device device) throws StoreException {
    boolean done = false;
    try {
      held.complete();
      done = true;
      return device;
    } finally {
      if (!done) {
        device.close();
      }
    }
  }

  /** Removes a store that was not finished. What stopped it is what the caller has to hear. */
  private static void remove(StoreFolder unfinished) {
    try {
      unfinished.wipe();
    } catch (StoreException e) {
      unfinished.close();
    }
  }

  /** Writes what a store begins with, and opens it. */
  Device begin(StoreFolder held, Secret master, NewStore beginning) throws CairnException {
    try (EncryptedStore store = new EncryptedStore(drivers.rows(held), master, host.randomness())) {
      store.change(beginning::write);
    }
    drivers.begin(held, master, host.randomness());
    try (DestructibleKeys keys = drivers.keys(held, master, host.randomness())) {
      beginning.write(keys, host.randomness());
    }
    return start(held, master);
  }

  /**
   * Makes the store of a new device from an invitation, without a network: reports can be recorded
   * at once, and the device is admitted at its first contact with the server.
   *
   * @param invitationFile as the coordinator handed it over
   * @param code as it was told, in any spelling
   * @param pseudonym what the member wants to be called by coordinators
   * @throws dev.cairn.protocol.UndecryptableException if the code is not that of the file
   * @throws dev.cairn.protocol.MalformedException if it is no invitation
   */
  public Device join(
      Path folder,
      Secret passphrase,
      KeyProtector protector,
      byte[] invitationFile,
      String code,
      String pseudonym,
      SealMode mode)
      throws CairnException {
    return make(
        folder,
        passphrase,
        protector,
        new Beginnings(host).join(invitationFile, code, pseudonym, mode));
  }

  /** The same with an invitation that was opened already; wipes its one-time key. */
  public Device join(
      Path folder,
      Secret passphrase,
      KeyProtector protector,
      InvitationFile invitation,
      String pseudonym,
      SealMode mode)
      throws CairnException {
    return make(
        folder, passphrase, protector, new Beginnings(host).join(invitation, pseudonym, mode));
  }

  /**
   * Founds a space on a server, as its owner. When the server cannot be reached, or refuses for
   * good, nothing is left behind; when anything fails after that, the store stays and its next sync
   * goes on: the server may have founded the space, and this store is then all there is of it.
   *
   * @param beforeContact is told of the space once its store is made and before the server hears of
   *     it: what it throws undoes everything. Here a recovery secret is put where it survives.
   * @param recovery the secret that can replace a lost owner and open every circle but devices'
   *     own; without one neither can ever be done
   */
  public Device createSpace(
      Path folder,
      Secret passphrase,
      KeyProtector protector,
      byte[] serverInvitation,
      String spaceName,
      String pseudonym,
      Optional<RecoverySecret> recovery,
      Consumer<? super DeviceProfile> beforeContact,
      Transports transports)
      throws CairnException {
    ServerInvitation invitation = ServerInvitation.decode(serverInvitation);
    NewStore beginning = new Beginnings(host).found(invitation, spaceName, pseudonym, recovery);
    try (Transport transport =
        transports.to(invitation.address().text(), invitation.address().pin().map(Digest::bytes))) {
      FirstContact.knock(transport);
      Device device = make(folder, passphrase, protector, beginning);
      boolean told = false;
      try {
        beforeContact.accept(device.profile());
        told = true;
      } finally {
        if (!told) {
          device.wipe();
        }
      }
      return introduced(device, transport);
    }
  }

  /**
   * Makes a new owner's device with the recovery secret: cuts off the owners' devices that were
   * lost, opens a new epoch of every circle, and fetches everything.
   *
   * @param sheet the secret and its space
   * @param serverInvitation of it only address, pin and log key are used
   */
  public Device recover(
      Path folder,
      Secret passphrase,
      KeyProtector protector,
      RecoverySheet sheet,
      byte[] serverInvitation,
      String pseudonym,
      Transports transports)
      throws CairnException {
    ServerInvitation invitation = ServerInvitation.decode(serverInvitation);
    try (Transport transport =
        transports.to(invitation.address().text(), invitation.address().pin().map(Digest::bytes))) {
      SigningKey recoveryKey = sheet.secret().signingKey();
      List<Statement> roster = FirstContact.roster(transport, sheet.space(), recoveryKey);
      recoveryKey.wipe();
      NewStore beginning =
          new Beginnings(host).recover(sheet, roster, invitation.address(), pseudonym);
      return introduced(make(folder, passphrase, protector, beginning), transport);
    }
  }

  /**
   * The same where the server is gone as well: from what members' devices hold of the roster, on a
   * new server, to which the space is moved.
   *
   * @param sheet the secret and its space
   * @param bundles each as {@link Device#exportForRecovery} wrote it. What the lost owners signed
   *     and none of them holds loses its force, and whoever rests on it is out; unless the owners'
   *     devices are destroyed
   * @param destroyed whether the owners' devices are known to be destroyed: then they are not cut
   *     off, and all they ever signed stands
   * @param serverInvitation as the new server wrote it
   * @throws RefusedException {@code recovery.other}, or as the new server refuses. Nothing is left
   *     behind if it refused for good to begin the log; else the store stays, as it does when the
   *     link is cut, and {@link Device#moveSpace} from it goes on
   */
  public Device recoverByHand(
      Path folder,
      Secret passphrase,
      KeyProtector protector,
      RecoverySheet sheet,
      List<byte[]> bundles,
      boolean destroyed,
      byte[] serverInvitation,
      String pseudonym,
      Transports transports)
      throws CairnException {
    ServerInvitation invitation = ServerInvitation.decode(serverInvitation);
    NewStore beginning =
        new Beginnings(host)
            .recoverByHand(
                sheet, brought(sheet, bundles), destroyed, invitation.address(), pseudonym);
    try (Transport transport =
        transports.to(invitation.address().text(), invitation.address().pin().map(Digest::bytes))) {
      FirstContact.knock(transport);
      Device device = make(folder, passphrase, protector, beginning);
      boolean moved = false;
      try {
        device.moveSpace(serverInvitation, transports, SyncListener.NONE);
        moved = true;
      } catch (RefusedException no) {
        moved = wipedIfForGood(device, no);
        throw no;
      } finally {
        if (!moved) {
          device.close();
        }
      }
      return moved(device, transport);
    }
  }

  /**
   * The devices that {@link #recoverByHand} would leave in, but for the one it makes. Suspensions
   * that none of the bundles holds are forgotten by it, so whoever was cut off by one is among
   * these. Nothing is made.
   *
   * @throws RefusedException {@code recovery.other}
   */
  public List<DeviceInfo> leftInByHand(RecoverySheet sheet, List<byte[]> bundles, boolean destroyed)
      throws CairnException {
    return new Beginnings(host).leftInByHand(sheet, brought(sheet, bundles), destroyed);
  }

  private static List<BroughtRoster> brought(RecoverySheet sheet, List<byte[]> bundles)
      throws CairnException {
    List<BroughtRoster> brought = new ArrayList<>();
    EncryptionKey key = sheet.secret().encryptionKey();
    try {
      for (byte[] bundle : bundles) {
        brought.add(RosterBundle.read(bundle, sheet.space(), key));
      }
    } finally {
      key.wipe();
    }
    return brought;
  }

  /** The new log has begun, and this device is its owner: whatever happens now, it stays. */
  private static Device moved(Device device, Transport transport) throws CairnException {
    boolean done = false;
    try {
      device.sync(transport, SyncListener.NONE);
      done = true;
      return device;
    } finally {
      if (!done) {
        device.close();
      }
    }
  }

  /**
   * Wipes a device whose beginning the server has refused, unless it may take the same later: then
   * the store is all there is of what was signed.
   */
  private static boolean wipedIfForGood(Device device, RefusedException no) throws CairnException {
    if (!Refusals.isForGood(no.code())) {
      return false;
    }
    device.wipe();
    return true;
  }

  /**
   * A new device after its first sync. Only when the server took nothing of what makes it one, and
   * says so for good, is there nothing to keep.
   */
  private static Device introduced(Device device, Transport transport) throws CairnException {
    int toSend = device.holdings().book().outbox().size();
    boolean done = false;
    try {
      device.sync(transport, SyncListener.NONE);
      done = true;
      return device;
    } catch (RefusedException no) {
      if (device.holdings().book().outbox().size() == toSend) {
        done = wipedIfForGood(device, no);
      }
      throw no;
    } finally {
      if (!done) {
        device.close();
      }
    }
  }

  Host host() {
    return host;
  }
}
