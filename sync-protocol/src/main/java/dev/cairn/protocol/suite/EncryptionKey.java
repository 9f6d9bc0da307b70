package dev.cairn.protocol.suite;

import dev.cairn.protocol.MalformedException;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.pqc.crypto.xwing.XWingPublicKeyParameters;

/**
 * An X-Wing private key, kept as its 32-byte seed. The seed is drawn at random: the KEM's own
 * {@code DeriveKeyPair} gives different keys in different libraries, while every library expands a
 * seed alike.
 *
 * <p>The expanded key is rebuilt for each opening and left to the collector, so that wiping the
 * seed is enough. Safe for use by several threads until it is wiped.
 */
public final class EncryptionKey {

  /** Length of the seed, in bytes. */
  public static final int SEED_BYTES = 32;

  private final Secret seed;
  private final EncryptionPublicKey publicKey;

  private EncryptionKey(Secret seed) {
    this.seed = seed;
    AsymmetricCipherKeyPair pair = keyPair();
    try {
      this.publicKey =
          EncryptionPublicKey.of(((XWingPublicKeyParameters) pair.getPublic()).getEncoded());
    } catch (MalformedException impossible) {
      throw new IllegalStateException("a generated key fails its own check", impossible);
    }
  }

  /** A new key. */
  public static EncryptionKey generate(Randomness randomness) {
    return new EncryptionKey(Secret.random(SEED_BYTES, randomness));
  }

  /**
   * The key of this seed, which it holds from now on and wipes with itself.
   *
   * @throws IllegalArgumentException if the seed is not {@link #SEED_BYTES} long
   */
  public static EncryptionKey of(Secret seed) {
    if (seed.sizeBytes() != SEED_BYTES) {
      throw new IllegalArgumentException("encryption seed has 32 bytes, not " + seed.sizeBytes());
    }
    return new EncryptionKey(seed);
  }

  /** The public half. */
  public EncryptionPublicKey publicKey() {
    return publicKey;
  }

  /** The private half itself, to be sealed or stored under a passphrase. */
  public Secret seed() {
    return seed;
  }

  AsymmetricCipherKeyPair keyPair() {
    return Hpke.hpke().deserializePrivateKey(seed.expose(), null);
  }

  /** Wipes the seed; opening is over. */
  public void wipe() {
    seed.wipe();
  }

  /** The public half only. */
  @Override
  public String toString() {
    return "private half of " + publicKey;
  }
}
