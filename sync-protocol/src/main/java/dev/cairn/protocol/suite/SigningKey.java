package dev.cairn.protocol.suite;

import dev.cairn.protocol.MalformedException;

/**
 * An Ed25519 private key, kept as its 32-byte seed (RFC 8032 section 5.1.5). Signing is
 * deterministic. Safe for use by several threads until it is wiped.
 */
public final class SigningKey {

  /** Length of the seed, in bytes. */
  public static final int SEED_BYTES = 32;

  private final Secret seed;
  private final VerifyingKey verifyingKey;
  private final byte[] publicBytes;

  private SigningKey(Secret seed) {
    this.seed = seed;
    this.publicBytes = new byte[VerifyingKey.SIZE_BYTES];
    org.bouncycastle.math.ec.rfc8032.Ed25519.generatePublicKey(seed.expose(), 0, publicBytes, 0);
    try {
      this.verifyingKey = VerifyingKey.of(publicBytes);
    } catch (MalformedException impossible) {
      throw new IllegalStateException("a generated key fails its own check", impossible);
    }
  }

  /** A new key. */
  public static SigningKey generate(Randomness randomness) {
    return new SigningKey(Secret.random(SEED_BYTES, randomness));
  }

  /**
   * The key of this seed, which it holds from now on and wipes with itself.
   *
   * @throws IllegalArgumentException if the seed is not {@link #SEED_BYTES} long
   */
  public static SigningKey of(Secret seed) {
    if (seed.sizeBytes() != SEED_BYTES) {
      throw new IllegalArgumentException("signing seed has 32 bytes, not " + seed.sizeBytes());
    }
    return new SigningKey(seed);
  }

  /** Signs; the result is {@link Ed25519#SIGNATURE_BYTES} long. */
  public byte[] sign(byte[] message) {
    byte[] signature = new byte[Ed25519.SIGNATURE_BYTES];
    // The public half is our own: signing under a foreign one would give the private key away.
    org.bouncycastle.math.ec.rfc8032.Ed25519.sign(
        seed.expose(), 0, publicBytes, 0, message, 0, message.length, signature, 0);
    return signature;
  }

  /** The public half. */
  public VerifyingKey verifyingKey() {
    return verifyingKey;
  }

  /** The private half itself, to be stored under a passphrase. */
  public Secret seed() {
    return seed;
  }

  /** Wipes the seed; signing is over. */
  public void wipe() {
    seed.wipe();
  }

  /** The public half only. */
  @Override
  public String toString() {
    return "signing key of " + verifyingKey;
  }
}
