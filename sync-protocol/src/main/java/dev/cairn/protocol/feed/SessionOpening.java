package dev.cairn.protocol.feed;

import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.id.SessionId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Hpke;
import dev.cairn.protocol.suite.HpkeSealed;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;

/** Seals a session's first key to a circle and opens it again. */
public final class SessionOpening {

  private static final byte[] NO_AAD = {};

  private SessionOpening() {}

  static Opening seal(
      Secret first, SpaceId space, DeviceId device, EpochKey to, Randomness randomness) {
    SessionId session = ChainKey.sessionId(first);
    byte[] info = info(space, device, to.circle(), to.epoch(), session);
    HpkeSealed sealed = Hpke.seal(to.key(), info, NO_AAD, first.expose(), randomness);
    return new Opening(to.epoch(), sealed);
  }

  /**
   * Opens the session that a statement opens.
   *
   * @param statement the session statement
   * @param circle the circle through which to open it
   * @param epochKey the private key of the epoch that {@link #epoch} names for this circle
   * @throws UndecryptableException if this is no session statement, the circle is not in its
   *     audience, the key is of another epoch, or the author sealed another key than he named
   */
  public static SessionKeys open(Change statement, CircleId circle, EncryptionKey epochKey)
      throws UndecryptableException {
    Prefix prefix = statement.prefix();
    Opening opening = opening(prefix, circle);
    byte[] info = info(prefix.space(), prefix.device(), circle, opening.epoch(), prefix.session());
    Secret first = Secret.take(Hpke.open(epochKey, info, NO_AAD, opening.sealed()));
    if (first.sizeBytes() != ChainKey.SIZE_BYTES
        || !ChainKey.sessionId(first).equals(prefix.session())) {
      first.wipe();
      throw new UndecryptableException();
    }
    return SessionKeys.of(first);
  }

  /**
   * The epoch a session was sealed to for one circle.
   *
   * @throws UndecryptableException if this is no session statement or the circle is not in its
   *     audience
   */
  public static EpochId epoch(Change statement, CircleId circle) throws UndecryptableException {
    return opening(statement.prefix(), circle).epoch();
  }

  private static Opening opening(Prefix prefix, CircleId circle) throws UndecryptableException {
    int at = prefix.audience().circles().indexOf(circle);
    if (at < 0 || !prefix.opensSession()) {
      throw new UndecryptableException();
    }
    return prefix.openings().get(at);
  }

  private static byte[] info(
      SpaceId space, DeviceId device, CircleId circle, EpochId epoch, SessionId session) {
    return new CborWriter()
        .array(7)
        .text("cairn/1/session")
        .uint(1)
        .bytes(space.bytes())
        .bytes(device.bytes())
        .bytes(circle.bytes())
        .bytes(epoch.bytes())
        .bytes(session.bytes())
        .toBytes();
  }
}
