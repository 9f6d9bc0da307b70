package dev.cairn.client.held;

import dev.cairn.client.host.Host;
import dev.cairn.client.store.EncryptedStore;
import dev.cairn.client.vault.DestructibleKeys;
import dev.cairn.client.vault.StoreFolder;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.roster.RosterState;

/**
 * Everything an open store holds, for the parts of a device to share: rows, keys that can be
 * destroyed, identity, roster, sessions, what was seen of the log.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class Holdings implements AutoCloseable {

  private final StoreFolder folder;
  private final EncryptedStore store;
  private final DestructibleKeys keys;
  private final Host host;
  private final Identity identity;
  private final RosterBook book;
  private final Sessions sessions;
  private LogSight log;

  private Holdings(
      StoreFolder folder,
      EncryptedStore store,
      DestructibleKeys keys,
      Host host,
      Identity identity,
      RosterBook book,
      LogSight log) {
    this.folder = folder;
    this.store = store;
    this.keys = keys;
    this.host = host;
    this.identity = identity;
    this.book = book;
    this.sessions = new Sessions(book, host.randomness());
    this.log = log;
  }

  /** Reads a store that was made to the end. */
  public static Holdings read(
      StoreFolder folder, EncryptedStore store, DestructibleKeys keys, Host host)
      throws CairnException {
    return store.read(
        rows -> {
          Identity identity = Identity.read(rows);
          RosterBook book = RosterBook.read(rows, identity, keys);
          LogSight log = LogSight.read(rows, book.state().logs());
          return new Holdings(folder, store, keys, host, identity, book, log);
        });
  }

  /** The files. */
  public StoreFolder folder() {
    return folder;
  }

  /** The rows. */
  public EncryptedStore store() {
    return store;
  }

  /** The keys that sealing destroys. */
  public DestructibleKeys keys() {
    return keys;
  }

  /** Time and chance. */
  public Host host() {
    return host;
  }

  /** Who this device is. */
  public Identity identity() {
    return identity;
  }

  /** The device's id. */
  public DeviceId device() {
    return identity.device();
  }

  /** Statements and epoch keys. */
  public RosterBook book() {
    return book;
  }

  /** What the statements fold to. */
  public RosterState roster() {
    return book.state();
  }

  /** Session keys. */
  public Sessions sessions() {
    return sessions;
  }

  /** What was seen of the log. */
  public LogSight log() {
    return log;
  }

  /** Follows what was made durable. */
  public void adopt(LogSight newer) {
    log = newer;
  }

  /** Follows what was made durable of the outbox. */
  public void adoptOutbox() throws CairnException {
    store()
        .read(
            rows -> {
              book().adopt(roster(), rows);
              return Boolean.TRUE;
            });
  }

  /** The coordinators' circle. */
  public CircleId desk() {
    return roster()
        .desk()
        .orElseThrow(() -> new IllegalStateException("the roster has no genesis"));
  }

  /** Whether this device reads what is addressed to a circle. */
  public boolean reads(CircleId circle) {
    return roster().mayFetch(device(), circle);
  }

  /** Whether this device has the keys that one writes to a circle under now. */
  public boolean opens(CircleId circle) {
    return roster().writingKey(circle).flatMap(key -> book().key(key.epoch())).isPresent();
  }

  /** Whether this device has keys to what others wrote: of a circle that it is in, or once was. */
  public boolean opensOthers() {
    return book().keys().epochs().stream()
        .map(roster()::epoch)
        .anyMatch(
            epoch ->
                epoch
                    .map(each -> !each.epoch().circle().equals(identity().ownCircle()))
                    .orElse(false));
  }

  /** Whether this device reads with the coordinators, and so holds everybody's changes. */
  public boolean isDesk() {
    return reads(desk());
  }

  /**
   * Insists on the rights of a coordinator.
   *
   * @throws RefusedException {@code role.missing}
   */
  public void requireCoordinator() throws RefusedException {
    if (!roster().device(device()).map(entry -> entry.coordinates()).orElse(false)) {
      throw new RefusedException("role.missing", "this needs a confirmed coordinator's device");
    }
  }

  /** Destroys the store, its keys first. */
  public void wipe() throws CairnException {
    sessions.wipe();
    book.wipe();
    identity.wipe();
    keys.close();
    store.close();
    folder.wipe();
  }

  /** Wipes what is in memory and closes the files. */
  @Override
  public void close() {
    sessions.wipe();
    book.wipe();
    identity.wipe();
    keys.close();
    store.close();
    folder.close();
  }
}
