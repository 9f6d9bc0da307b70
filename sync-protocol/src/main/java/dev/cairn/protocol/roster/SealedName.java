package dev.cairn.protocol.roster;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.feed.Salt;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.suite.Aead;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Hkdf;
import dev.cairn.protocol.suite.Hmac;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The name of a circle or a space, readable by whoever holds the epoch's seed.
 *
 * <p>Key and nonce follow from the seed and from what is named, so one seed must name no more than
 * one circle: an epoch is never issued twice under one seed. The space's name lies under the seed
 * of the first desk epoch and so has a label of its own: under one key and nonce the two names
 * would give each other away.
 */
public final class SealedName {

  private static final String CIRCLE_LABEL = "cairn/1/name";
  private static final String SPACE_LABEL = "cairn/1/space-name";

  private final byte[] ciphertext;

  private SealedName(byte[] ciphertext) {
    this.ciphertext = ciphertext;
  }

  /** Seals a circle's name under the seed of the epoch that will hold it. */
  static SealedName ofCircle(String name, CircleId circle, Secret seed) {
    return seal(name, CIRCLE_LABEL, circle.bytes(), seed);
  }

  /** Seals a space's name under the seed of its first desk epoch. */
  static SealedName ofSpace(String name, Salt genesisSalt, Secret seed) {
    return seal(name, SPACE_LABEL, spaceAad(genesisSalt), seed);
  }

  private static SealedName seal(String name, String label, byte[] aad, Secret seed) {
    Secret keyAndNonce = keyAndNonce(label, seed);
    Secret key = key(keyAndNonce);
    try {
      return new SealedName(Aead.seal(key, nonce(keyAndNonce), aad, PaddedName.pad(name)));
    } finally {
      key.wipe();
      keyAndNonce.wipe();
    }
  }

  /**
   * Opens a circle's name.
   *
   * @param epochKey the key of the epoch that holds it
   * @throws UndecryptableException if it is not that circle's name under that key
   */
  public String openCircle(CircleId circle, EncryptionKey epochKey) throws UndecryptableException {
    return open(CIRCLE_LABEL, circle.bytes(), epochKey);
  }

  /**
   * Opens a space's name.
   *
   * @param genesisSalt the salt of its genesis
   * @param deskKey the key of the first desk epoch
   * @throws UndecryptableException if it is not that space's name under that key
   */
  String openSpace(Salt genesisSalt, EncryptionKey deskKey) throws UndecryptableException {
    return open(SPACE_LABEL, spaceAad(genesisSalt), deskKey);
  }

  private String open(String label, byte[] aad, EncryptionKey epochKey)
      throws UndecryptableException {
    Secret keyAndNonce = keyAndNonce(label, epochKey.seed());
    Secret key = key(keyAndNonce);
    try {
      return PaddedName.unpad(Aead.open(key, nonce(keyAndNonce), aad, ciphertext));
    } finally {
      key.wipe();
      keyAndNonce.wipe();
    }
  }

  private static byte[] spaceAad(Salt genesisSalt) {
    return Sha256.labelled(SPACE_LABEL, genesisSalt.bytes()).bytes();
  }

  private static Secret keyAndNonce(String label, Secret seed) {
    Secret mac = Hmac.derive(seed, label.getBytes(StandardCharsets.US_ASCII));
    try {
      return Hkdf.expand(mac, "aead", Aead.KEY_BYTES + Aead.NONCE_BYTES);
    } finally {
      mac.wipe();
    }
  }

  private static Secret key(Secret keyAndNonce) {
    return Secret.take(Arrays.copyOf(keyAndNonce.expose(), Aead.KEY_BYTES));
  }

  private static byte[] nonce(Secret keyAndNonce) {
    byte[] both = keyAndNonce.expose();
    return Arrays.copyOfRange(both, Aead.KEY_BYTES, both.length);
  }

  static SealedName read(CborReader reader) throws MalformedException {
    int at = reader.position();
    byte[] ciphertext = reader.bytes(PaddedName.SIZE_BYTES_MAX + Aead.TAG_BYTES);
    int padded = ciphertext.length - Aead.TAG_BYTES;
    if (padded < PaddedName.STEP_BYTES || padded % PaddedName.STEP_BYTES != 0) {
      throw new MalformedException("sealed name of a length that no padding gives", at);
    }
    return new SealedName(ciphertext);
  }

  void write(CborWriter writer) {
    writer.bytes(ciphertext);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SealedName name && Arrays.equals(ciphertext, name.ciphertext);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ciphertext);
  }

  /** Nothing but that it is one. */
  @Override
  public String toString() {
    return "sealed name";
  }
}
