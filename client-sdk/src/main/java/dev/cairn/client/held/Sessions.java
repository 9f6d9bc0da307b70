package dev.cairn.client.held;

import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.StoreException.Reason;
import dev.cairn.client.store.Table;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.SessionKeys;
import dev.cairn.protocol.feed.SessionOpening;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Hmac;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys of sessions this device can read. What was opened once is kept in encrypted rows, for
 * opening costs a key exchange; what is in use stays in memory. What only this device's own circle
 * opened is kept under a key that goes with the epoch's.
 */
public final class Sessions {

  private static final int IN_MEMORY_MAX = 4096;

  private final RosterBook roster;
  private final Randomness randomness;
  private final Map<OneSession, SessionKeys> inMemory =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<OneSession, SessionKeys> eldest) {
          return size() > IN_MEMORY_MAX;
        }
      };

  /** Opens with the epoch keys of this book. */
  public Sessions(RosterBook roster, Randomness randomness) {
    this.roster = roster;
    this.randomness = randomness;
  }

  /** The keys of a change's session, if its author's statement of it was opened before. */
  public Optional<SessionKeys> keys(SealedRows rows, Change change) throws CairnException {
    OneSession session = OneSession.of(change.prefix());
    SessionKeys known = inMemory.get(session);
    if (known != null) {
      return Optional.of(known);
    }
    byte[] row = rows.get(Table.SESSION, session.bytes());
    byte[] first = row == null ? null : unwrapped(row, session);
    if (first == null) {
      return Optional.empty();
    }
    SessionKeys read = SessionKeys.of(Secret.take(first));
    inMemory.put(session, read);
    return Optional.of(read);
  }

  private byte @Nullable [] unwrapped(byte[] row, OneSession session) throws CairnException {
    if (row.length == Hmac.SIZE_BYTES) {
      return row;
    }
    if (row.length < EpochId.SIZE_BYTES) {
      throw new StoreException(Reason.CORRUPT, "a session's keys are not what was written");
    }
    EpochId epoch = EpochId.of(Arrays.copyOf(row, EpochId.SIZE_BYTES));
    Optional<Secret> key = roster.own().sessionsKey(epoch);
    if (!key.isPresent()) {
      return null;
    }
    byte[] sealed = Arrays.copyOfRange(row, EpochId.SIZE_BYTES, row.length);
    byte[] first = WaitingContent.open(key.get(), session.bytes(), sealed);
    key.get().wipe();
    return first;
  }

  /** The keys of the session that a statement opens, if this device has a key to it. */
  public Optional<SessionKeys> open(SealedRows rows, Change statement) throws CairnException {
    Optional<SessionKeys> known = keys(rows, statement);
    if (known.isPresent()) {
      return known;
    }
    for (CircleId circle : statement.prefix().audience().circles()) {
      Optional<SessionKeys> opened = open(statement, circle);
      if (opened.isPresent()) {
        inMemory.put(OneSession.of(statement.prefix()), opened.get());
        return opened;
      }
    }
    return Optional.empty();
  }

  private Optional<SessionKeys> open(Change statement, CircleId circle) throws CairnException {
    Optional<EncryptionKey> key = roster.key(SessionOpening.epoch(statement, circle));
    try {
      return key.isPresent()
          ? Optional.of(SessionOpening.open(statement, circle, key.get()))
          : Optional.empty();
    } catch (UndecryptableException perhapsThroughAnotherCircle) {
      return Optional.empty();
    }
  }

  /** Keeps the keys of the session that a statement opens. */
  public void write(SealedRows rows, Change statement, SessionKeys keys) throws CairnException {
    byte[] session = OneSession.of(statement.prefix()).bytes();
    Optional<EpochId> own = onlyOwn(statement);
    byte[] first = keys.first().expose().clone();
    if (own.isPresent()) {
      writeWrapped(rows, own.get(), session, first);
    } else {
      rows.put(Table.SESSION, session, first);
    }
  }

  /** The epoch of this device's own circle, if no other circle gives it the session. */
  private Optional<EpochId> onlyOwn(Change statement) throws UndecryptableException {
    CircleId own = roster.identity().ownCircle();
    EpochId found = null;
    for (CircleId circle : statement.prefix().audience().circles()) {
      EpochId epoch = SessionOpening.epoch(statement, circle);
      if (circle.equals(own)) {
        found = epoch;
      } else if (roster.key(epoch).isPresent()) {
        return Optional.empty();
      }
    }
    return Optional.ofNullable(found);
  }

  private void writeWrapped(SealedRows rows, EpochId epoch, byte[] session, byte[] first)
      throws CairnException {
    Optional<Secret> key = roster.own().sessionsKey(epoch);
    if (key.isPresent()) {
      byte[] sealed = WaitingContent.seal(key.get(), session, first, randomness);
      key.get().wipe();
      rows.put(
          Table.SESSION,
          session,
          ByteBuffer.allocate(EpochId.SIZE_BYTES + sealed.length)
              .put(epoch.bytes())
              .put(sealed)
              .array());
    }
  }

  /** Forgets what is in memory. */
  public void wipe() {
    inMemory.values().forEach(SessionKeys::wipe);
    inMemory.clear();
  }
}
