package dev.cairn.protocol.meeting;

import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Aead;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Secret;
import java.nio.ByteBuffer;

/**
 * Encrypts the records of one meeting, each direction under its own key with counted nonces: a
 * record left out, repeated, moved or sent back does not open.
 */
final class RecordKeys {

  private static final byte[] NO_AAD = {};

  private final Digest transcript;
  private final Secret own;
  private final Secret peers;
  private long sent;
  private long received;

  RecordKeys(Digest transcript, Secret own, Secret peers) {
    this.transcript = transcript;
    this.own = own;
    this.peers = peers;
  }

  /** Hash of everything said in the clear: what both sign. */
  Digest transcript() {
    return transcript;
  }

  /** The next record of this side. */
  byte[] seal(byte[] plaintext) {
    if (plaintext.length > Limits.MEETING_RECORD_BYTES_MAX) {
      throw new IllegalArgumentException("record of " + plaintext.length + " bytes");
    }
    return Aead.seal(own, nonce(sent++), NO_AAD, plaintext);
  }

  /** Opens the next record of the peer. */
  byte[] open(byte[] record) throws UndecryptableException {
    return Aead.open(peers, nonce(received++), NO_AAD, record);
  }

  private static byte[] nonce(long number) {
    return ByteBuffer.allocate(Aead.NONCE_BYTES).putInt(0).putLong(number).array();
  }

  void wipe() {
    own.wipe();
    peers.wipe();
  }
}
