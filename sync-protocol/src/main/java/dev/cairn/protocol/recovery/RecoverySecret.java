package dev.cairn.protocol.recovery;

import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.roster.RecoveryKeys;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Hkdf;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.Sha256;
import dev.cairn.protocol.suite.SigningKey;

/**
 * The 32 bytes from which both halves of the recovery pair follow. Whoever has them reads every
 * circle but devices' own, and can put a new owner in place: they belong on paper, in shares,
 * apart.
 *
 * <p>Not safe for use by one thread while another wipes.
 */
public final class RecoverySecret {

  /** Length in bytes. */
  public static final int SIZE_BYTES = 32;

  private static final byte[] NO_SALT = new byte[0];

  private final Secret secret;

  private RecoverySecret(Secret secret) {
    this.secret = secret;
  }

  /** A new secret. */
  public static RecoverySecret generate(Randomness randomness) {
    return new RecoverySecret(Secret.random(SIZE_BYTES, randomness));
  }

  /**
   * The recovery secret of these bytes, which it holds from now on and wipes with itself.
   *
   * @throws IllegalArgumentException if there are not {@link #SIZE_BYTES}
   */
  public static RecoverySecret of(Secret secret) {
    if (secret.sizeBytes() != SIZE_BYTES) {
      throw new IllegalArgumentException("recovery secret of " + secret.sizeBytes() + " bytes");
    }
    return new RecoverySecret(secret);
  }

  /** Signs suspensions and replacements. */
  public SigningKey signingKey() {
    return SigningKey.of(Hkdf.derive(secret, NO_SALT, "cairn/1/recovery/sign", SIZE_BYTES));
  }

  /** Opens the epochs that were sealed to it. */
  public EncryptionKey encryptionKey() {
    return EncryptionKey.of(Hkdf.derive(secret, NO_SALT, "cairn/1/recovery/seal", SIZE_BYTES));
  }

  /** What genesis says of it. */
  public RecoveryKeys publicKeys() {
    SigningKey signing = signingKey();
    EncryptionKey sealing = encryptionKey();
    try {
      return new RecoveryKeys(DeviceId.of(signing.verifyingKey().bytes()), sealing.publicKey());
    } finally {
      signing.wipe();
      sealing.wipe();
    }
  }

  Secret secret() {
    return secret;
  }

  /** Tells typing errors, and a secret from another space's. */
  byte[] check(SpaceId space) {
    return Check.first(Sha256.labelled("cairn/1/recovery-check", space.bytes(), secret.expose()));
  }

  /** Tells a wrongly combined secret without saying anything about the right one. */
  Digest commitment() {
    return Sha256.labelled("cairn/1/recovery-commit", secret.expose());
  }

  /** Wipes the secret. */
  public void wipe() {
    secret.wipe();
  }

  /** Nothing but that it is one. */
  @Override
  public String toString() {
    return "recovery secret";
  }
}
