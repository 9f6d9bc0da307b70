package dev.cairn.protocol.feed;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.id.SessionId;
import dev.cairn.protocol.suite.Secret;
import java.util.ArrayList;
import java.util.List;

/**
 * The reader's end of a session: finds the key of any of its changes, in any order.
 *
 * <p>Readers hold the key the session was sealed to anyway, so keeping chain keys costs no secrecy.
 * One in {@value #ANCHOR_EVERY} is kept, and the last one used: opening in order is one step a
 * change, and no change is further than {@value #ANCHOR_EVERY} steps once the chain has been
 * walked.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class SessionKeys {

  private static final int ANCHOR_EVERY = 256;

  private final SessionId session;
  private final List<Secret> anchors = new ArrayList<>();
  private Secret current;
  private int currentIndex;

  private SessionKeys(Secret first, SessionId session) {
    this.session = session;
    this.anchors.add(first);
    this.current = first;
  }

  /** Begins at a session's first key, which it holds from now on and wipes with itself. */
  public static SessionKeys of(Secret first) {
    return new SessionKeys(first, ChainKey.sessionId(first));
  }

  /** The session's first key, to be stored by who may open the session anyway. */
  public Secret first() {
    return anchors.get(0);
  }

  /** The session whose keys these are. */
  public SessionId session() {
    return session;
  }

  /**
   * The key of one change.
   *
   * @throws UndecryptableException if the change has no body or belongs to another session
   */
  public MessageKey messageKey(Change change) throws UndecryptableException {
    Prefix prefix = change.prefix();
    if (prefix.opensSession() || !prefix.session().equals(session)) {
      throw new UndecryptableException();
    }
    return MessageKey.derive(chainKey(prefix.index().getAsInt()), prefix.encoded());
  }

  /**
   * Opens a change.
   *
   * @throws UndecryptableException if it does not open under this session, or its ciphertext is not
   *     here
   * @throws MalformedException if it opens and its author sealed something that is no body
   * @throws TooNewException if it opens and a newer program packed the body
   */
  public Opened open(Change change)
      throws UndecryptableException, MalformedException, TooNewException {
    MessageKey key = messageKey(change);
    try {
      return Opened.with(key, change);
    } finally {
      key.wipe();
    }
  }

  /** Prefixes allow no index beyond the limit, which bounds the walk. */
  private Secret chainKey(int index) {
    int anchor = Math.min(index / ANCHOR_EVERY, anchors.size() - 1);
    if (index < currentIndex || anchor * ANCHOR_EVERY > currentIndex) {
      move(anchors.get(anchor), anchor * ANCHOR_EVERY);
    }
    while (currentIndex < index) {
      Secret next = ChainKey.next(current);
      move(next, currentIndex + 1);
      if (currentIndex == anchors.size() * ANCHOR_EVERY) {
        anchors.add(next);
      }
    }
    return current;
  }

  private void move(Secret key, int index) {
    if (currentIndex % ANCHOR_EVERY != 0) {
      current.wipe();
    }
    current = key;
    currentIndex = index;
  }

  /** Forgets every key. */
  public void wipe() {
    anchors.forEach(Secret::wipe);
    current.wipe();
  }
}
