package dev.cairn.protocol.feed;

import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.id.SessionId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Secret;

/**
 * The writer's end of a session. It forgets each key as it uses it, so a device taken open cannot
 * reopen what it has sealed. It lives in memory only and is never stored.
 *
 * <p>Not safe for use by several threads at once.
 */
final class SealingRatchet {

  /**
   * A sealed body.
   *
   * @param ciphertext the body
   * @param commitment for the tail
   * @param opened the id of the record that the change opens if its body names none
   */
  record Sealed(Ciphertext ciphertext, Digest commitment, RecordId opened) {}

  private final SessionId session;
  private Secret chainKey;
  private int index;

  /** Begins at a session's first key, which it holds from now on. */
  SealingRatchet(Secret first) {
    this.session = ChainKey.sessionId(first);
    this.chainKey = first;
  }

  SessionId session() {
    return session;
  }

  /** The index the next change has to name. */
  int index() {
    return index;
  }

  /**
   * Seals the body of the change with this prefix and moves on.
   *
   * @throws IllegalStateException if the session is used up
   */
  Sealed seal(byte[] prefix, byte[] paddedBody) {
    if (index >= Limits.SESSION_CHANGES_MAX) {
      throw new IllegalStateException("session is used up");
    }
    MessageKey key = MessageKey.derive(chainKey, prefix);
    Secret next = ChainKey.next(chainKey);
    chainKey.wipe();
    chainKey = next;
    index++;
    try {
      return new Sealed(key.seal(prefix, paddedBody), key.commitment(), key.recordId());
    } finally {
      key.wipe();
    }
  }

  /** Ends the session. */
  void wipe() {
    chainKey.wipe();
  }
}
