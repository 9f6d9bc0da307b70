package dev.cairn.protocol.suite;

import dev.cairn.protocol.UndecryptableException;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;

/**
 * HPKE (RFC 9180), base mode, one message per encapsulation: KEM X-Wing (0x647a), KDF HKDF-SHA256
 * (0x0001), AEAD AES-256-GCM (0x0002).
 *
 * <p>It says nothing about the sender: X-Wing has no authenticated mode, authorship comes from
 * signatures. There is no receiving context that lives longer than a call, so one forged message
 * cannot put the next ones out of step. Safe for use by several threads.
 */
public final class Hpke {

  private static final int ENCAPSULATION_RANDOM_BYTES = 64;

  private Hpke() {}

  /**
   * Seals a message that only the holder of the private key can open.
   *
   * @param info what the message is for; the opener must name the same
   * @param aad authenticated with the message, not contained in the result
   */
  public static HpkeSealed seal(
      EncryptionPublicKey recipient,
      byte[] info,
      byte[] aad,
      byte[] plaintext,
      Randomness randomness) {
    return seal(HPKE.aead_AES_GCM256, recipient, info, aad, plaintext, randomness);
  }

  /**
   * Opens a message.
   *
   * @throws UndecryptableException if it was sealed to another key, for another purpose, with other
   *     associated data, or is not what was sealed
   */
  public static byte[] open(EncryptionKey recipient, byte[] info, byte[] aad, HpkeSealed sealed)
      throws UndecryptableException {
    return open(HPKE.aead_AES_GCM256, recipient, info, aad, sealed);
  }

  /** The AEAD is open only to tests: the published X-Wing vectors use another than suite 1. */
  static HpkeSealed seal(
      short aead,
      EncryptionPublicKey recipient,
      byte[] info,
      byte[] aad,
      byte[] plaintext,
      Randomness randomness) {
    HPKEContextWithEncapsulation context =
        hpke(aead)
            .setupBaseS(recipient.parameters(), info, randomness.bytes(ENCAPSULATION_RANDOM_BYTES));
    try {
      return HpkeSealed.take(context.getEncapsulation(), context.seal(aad, plaintext));
    } catch (InvalidCipherTextException impossible) {
      throw new IllegalStateException("sealing failed", impossible);
    }
  }

  static byte[] open(
      short aead, EncryptionKey recipient, byte[] info, byte[] aad, HpkeSealed sealed)
      throws UndecryptableException {
    AsymmetricCipherKeyPair keyPair = recipient.keyPair();
    try {
      return hpke(aead).setupBaseR(sealed.enc(), keyPair, info).open(aad, sealed.ciphertext());
    } catch (InvalidCipherTextException | IllegalStateException refused) {
      // The second is an X25519 point of small order where the encapsulated key should be.
      throw new UndecryptableException();
    }
  }

  static HPKE hpke() {
    return hpke(HPKE.aead_AES_GCM256);
  }

  private static HPKE hpke(short aead) {
    return new HPKE(HPKE.mode_base, HPKE.kem_X_WING, HPKE.kdf_HKDF_SHA256, aead);
  }
}
