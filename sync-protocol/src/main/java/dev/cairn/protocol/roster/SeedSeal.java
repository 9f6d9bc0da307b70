package dev.cairn.protocol.roster;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.suite.Aead;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import dev.cairn.protocol.suite.Hpke;
import dev.cairn.protocol.suite.HpkeSealed;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.Sha256;

/**
 * An epoch's seed, sealed to one recipient: a device, or the recovery key, which is named by its
 * sign key.
 *
 * <p>What it is for is bound into the seal, so that a seal cannot be moved to another epoch,
 * circle, space or recipient; and an opened seed is believed only if it gives the public key that
 * the epoch states, for a malicious author could seal a different seed to each reader.
 */
public final class SeedSeal {

  private static final byte[] NO_AAD = new byte[0];
  private static final int CIPHERTEXT_BYTES = EncryptionKey.SEED_BYTES + Aead.TAG_BYTES;

  private final HpkeSealed sealed;

  private SeedSeal(HpkeSealed sealed) {
    this.sealed = sealed;
  }

  /** What a seed is sealed for, encoded. */
  static final class Purpose {
    private final byte[] info;

    private Purpose(byte[] info) {
      this.info = info;
    }

    /** A seed in the epoch statement itself, whose id is not known yet. */
    static Purpose epoch(
        SpaceId space, CircleId circle, EncryptionPublicKey epochKey, DeviceId recipient) {
      return of("cairn/1/epoch", space, circle, Sha256.of(epochKey.bytes()).bytes(), recipient);
    }

    /** A seed in a grant. */
    static Purpose grant(SpaceId space, CircleId circle, EpochId epoch, DeviceId recipient) {
      return of("cairn/1/grant", space, circle, epoch.bytes(), recipient);
    }

    private static Purpose of(
        String label, SpaceId space, CircleId circle, byte[] epoch, DeviceId recipient) {
      return new Purpose(
          new CborWriter()
              .array(6)
              .text(label)
              .uint(Statement.SUITE)
              .bytes(space.bytes())
              .bytes(circle.bytes())
              .bytes(epoch)
              .bytes(recipient.bytes())
              .toBytes());
    }
  }

  static SeedSeal seal(
      Secret seed, EncryptionPublicKey recipient, Purpose purpose, Randomness randomness) {
    if (seed.sizeBytes() != EncryptionKey.SEED_BYTES) {
      throw new IllegalArgumentException("no epoch seed");
    }
    return new SeedSeal(Hpke.seal(recipient, purpose.info, NO_AAD, seed.expose(), randomness));
  }

  /**
   * Opens the seal and checks the seed.
   *
   * @param epochKey the public key that the epoch states
   * @throws UndecryptableException if it was sealed to another key or for another purpose, or if
   *     the seed is not that of the epoch's public key
   */
  EncryptionKey open(EncryptionKey recipient, Purpose purpose, EncryptionPublicKey epochKey)
      throws UndecryptableException {
    byte[] opened = Hpke.open(recipient, purpose.info, NO_AAD, sealed);
    EncryptionKey key = EncryptionKey.of(Secret.take(opened));
    if (!key.publicKey().equals(epochKey)) {
      key.wipe();
      throw new UndecryptableException();
    }
    return key;
  }

  static SeedSeal read(CborReader reader) throws MalformedException {
    reader.arrayOf(2);
    return new SeedSeal(
        HpkeSealed.of(
            reader.bytesExactly(HpkeSealed.ENC_BYTES), reader.bytesExactly(CIPHERTEXT_BYTES)));
  }

  void write(CborWriter writer) {
    writer.array(2).bytes(sealed.enc()).bytes(sealed.ciphertext());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SeedSeal seal && sealed.equals(seal.sealed);
  }

  @Override
  public int hashCode() {
    return sealed.hashCode();
  }

  /** Nothing but that it is one. */
  @Override
  public String toString() {
    return "seed seal";
  }
}
