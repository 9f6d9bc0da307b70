package dev.cairn.protocol.meeting;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.suite.Aead;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import dev.cairn.protocol.suite.Hkdf;
import dev.cairn.protocol.suite.Hpke;
import dev.cairn.protocol.suite.HpkeSealed;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Agrees on keys for one meeting: each side seals 32 random bytes to a key that the other made for
 * this meeting and wipes after it, and both put in what only members know. So a stranger in the
 * middle ends with other keys than either, and who seizes a device later opens no recorded meeting.
 */
final class KeyAgreement {

  /** Length of message 1: the caller's key. */
  static final int FIRST_BYTES = EncryptionPublicKey.SIZE_BYTES;

  private static final int SHARE_BYTES = 32;

  /** Length of message 3: the caller's share, sealed. */
  static final int THIRD_BYTES = HpkeSealed.OVERHEAD_BYTES + SHARE_BYTES;

  /** Length of message 2: the answerer's key and share. */
  static final int SECOND_BYTES = EncryptionPublicKey.SIZE_BYTES + THIRD_BYTES;

  private static final byte[] NO_AAD = {};
  private static final byte[] SALT = "cairn/1/meeting".getBytes(StandardCharsets.US_ASCII);

  private final Side side;
  private final Digest members;
  private final EncryptionKey key;
  private final Secret share;
  private byte[] first = new byte[0];
  private byte[] second = new byte[0];

  /**
   * Begins.
   *
   * @param members what only members know, see {@link MembersKey}
   */
  KeyAgreement(Side side, Digest members, Randomness randomness) {
    this.side = side;
    this.members = members;
    this.key = EncryptionKey.generate(randomness);
    this.share = Secret.random(SHARE_BYTES, randomness);
  }

  /** Message 1, of the caller. */
  byte[] first() {
    first = key.publicKey().bytes();
    return first.clone();
  }

  /** Message 2, in answer to message 1. */
  byte[] second(byte[] received, Randomness randomness) throws MalformedException {
    first = received.clone();
    byte[] sealed = seal(EncryptionPublicKey.of(first), randomness);
    byte[] own = key.publicKey().bytes();
    second = ByteBuffer.allocate(SECOND_BYTES).put(own).put(sealed).array();
    return second.clone();
  }

  /** Message 3, in answer to message 2, of the caller. */
  byte[] third(byte[] received, Randomness randomness) throws MalformedException {
    second = received.clone();
    int keyBytes = EncryptionPublicKey.SIZE_BYTES;
    return seal(EncryptionPublicKey.of(Arrays.copyOf(second, keyBytes)), randomness);
  }

  private byte[] seal(EncryptionPublicKey peer, Randomness randomness) {
    return Hpke.seal(peer, info(), NO_AAD, share.expose(), randomness).joined();
  }

  /**
   * The keys, once all three messages are there.
   *
   * @param third message 3, made or received
   * @throws UndecryptableException if the peer's share is not sealed to this side's key
   */
  RecordKeys finish(byte[] third) throws MalformedException, UndecryptableException {
    byte[] sealed =
        side == Side.CALLER
            ? Arrays.copyOfRange(second, EncryptionPublicKey.SIZE_BYTES, SECOND_BYTES)
            : third;
    Secret peers = Secret.take(Hpke.open(key, info(), NO_AAD, HpkeSealed.ofJoined(sealed)));
    Secret input =
        side == Side.CALLER ? joined(peers, share, members) : joined(share, peers, members);
    Digest transcript = Sha256.labelled("cairn/1/meeting", first, second, third);
    Secret extracted = Hkdf.extract(SALT, input);
    try {
      return new RecordKeys(
          transcript,
          direction(extracted, side, transcript),
          direction(extracted, side.other(), transcript));
    } finally {
      peers.wipe();
      input.wipe();
      extracted.wipe();
      wipe();
    }
  }

  /** The answerer's share, the caller's, and what members know: all of fixed length. */
  private static Secret joined(Secret answerers, Secret callers, Digest members) {
    return Secret.take(
        ByteBuffer.allocate(2 * SHARE_BYTES + Digest.SIZE_BYTES)
            .put(answerers.expose())
            .put(callers.expose())
            .put(members.bytes())
            .array());
  }

  private static Secret direction(Secret extracted, Side speaker, Digest transcript) {
    byte[] label = speaker.direction().getBytes(StandardCharsets.US_ASCII);
    byte[] info =
        ByteBuffer.allocate(label.length + Digest.SIZE_BYTES)
            .put(label)
            .put(transcript.bytes())
            .array();
    return Hkdf.expand(extracted, info, Aead.KEY_BYTES);
  }

  private static byte[] info() {
    return new CborWriter().array(2).text("cairn/1/meeting").uint(1).toBytes();
  }

  /** Forgets what was made for this meeting. */
  void wipe() {
    key.wipe();
    share.wipe();
  }
}
