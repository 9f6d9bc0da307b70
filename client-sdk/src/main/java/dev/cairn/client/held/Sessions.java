package dev.cairn.client.held;

import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.Table;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.SessionKeys;
import dev.cairn.protocol.feed.SessionOpening;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of sessions this device can read. What was opened once is kept in encrypted rows, for
 * opening costs a key exchange; what is in use stays in memory.
 */
public final class Sessions {

  private static final int IN_MEMORY_MAX = 4096;

  private final RosterBook roster;
  private final Map<OneSession, SessionKeys> inMemory =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<OneSession, SessionKeys> eldest) {
          return size() > IN_MEMORY_MAX;
        }
      };

  /** Opens with the epoch keys of this book. */
  public Sessions(RosterBook roster) {
    this.roster = roster;
  }

  /** The keys of a change's session, if its author's statement of it was opened before. */
  public Optional<SessionKeys> keys(SealedRows rows, Change change) throws CairnException {
    OneSession session = OneSession.of(change.prefix());
    SessionKeys known = inMemory.get(session);
    if (known != null) {
      return Optional.of(known);
    }
    byte[] row = rows.get(Table.SESSION, session.bytes());
    if (row == null) {
      return Optional.empty();
    }
    SessionKeys read = SessionKeys.of(Secret.take(row));
    inMemory.put(session, read);
    return Optional.of(read);
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
    rows.put(
        Table.SESSION, OneSession.of(statement.prefix()).bytes(), keys.first().expose().clone());
  }

  /** Forgets what is in memory. */
  public void wipe() {
    inMemory.values().forEach(SessionKeys::wipe);
    inMemory.clear();
  }
}
