package dev.cairn.protocol.feed;

import dev.cairn.protocol.id.SessionId;
import dev.cairn.protocol.suite.Hmac;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.Sha256;

/** The step of a session's chain: one way, so that a later key tells nothing of earlier ones. */
final class ChainKey {

  static final int SIZE_BYTES = Hmac.SIZE_BYTES;

  private static final byte[] NEXT = {2};

  private ChainKey() {}

  static Secret next(Secret chainKey) {
    return Hmac.derive(chainKey, NEXT);
  }

  static SessionId sessionId(Secret first) {
    return SessionId.of(Sha256.labelled("cairn/1/session-id", first.expose()).bytes());
  }
}
