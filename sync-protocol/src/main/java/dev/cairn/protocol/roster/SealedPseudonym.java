package dev.cairn.protocol.roster;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.suite.Aead;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import dev.cairn.protocol.suite.Hpke;
import dev.cairn.protocol.suite.HpkeSealed;
import dev.cairn.protocol.suite.Randomness;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a member wants to be called, sealed to the coordinators' circle. */
public final class SealedPseudonym {

  private static final byte[] NO_AAD = new byte[0];

  private final @Nullable EpochId epoch;
  private final HpkeSealed sealed;

  private SealedPseudonym(@Nullable EpochId epoch, HpkeSealed sealed) {
    this.epoch = epoch;
    this.sealed = sealed;
  }

  /** Seals to a desk epoch that has an id. */
  static SealedPseudonym seal(
      String pseudonym,
      DeviceId device,
      EpochId epoch,
      EncryptionPublicKey epochKey,
      Randomness randomness) {
    return new SealedPseudonym(epoch, sealed(pseudonym, device, epochKey, randomness));
  }

  /** Seals, in genesis, to the first desk epoch, whose id cannot be known before genesis'. */
  static SealedPseudonym sealInGenesis(
      String pseudonym, DeviceId device, EncryptionPublicKey epochKey, Randomness randomness) {
    return new SealedPseudonym(null, sealed(pseudonym, device, epochKey, randomness));
  }

  private static HpkeSealed sealed(
      String pseudonym, DeviceId device, EncryptionPublicKey epochKey, Randomness randomness) {
    return Hpke.seal(epochKey, info(device), NO_AAD, PaddedName.pad(pseudonym), randomness);
  }

  /** The desk epoch whose key opens it; empty for the first one, in genesis. */
  public Optional<EpochId> epoch() {
    return Optional.ofNullable(epoch);
  }

  /**
   * Opens the pseudonym.
   *
   * @param device whose pseudonym it is
   * @param epochKey the key of {@link #epoch}
   * @throws UndecryptableException if it is not that device's under that key
   */
  public String open(DeviceId device, EncryptionKey epochKey) throws UndecryptableException {
    return PaddedName.unpad(Hpke.open(epochKey, info(device), NO_AAD, sealed));
  }

  private static byte[] info(DeviceId device) {
    return new CborWriter()
        .array(3)
        .text("cairn/1/pseudonym")
        .uint(Statement.SUITE)
        .bytes(device.bytes())
        .toBytes();
  }

  static SealedPseudonym read(CborReader reader) throws MalformedException {
    reader.arrayOf(3);
    EpochId epoch = null;
    if (reader.nextIsNull()) {
      reader.nul();
    } else {
      epoch = Keys.epoch(reader);
    }
    byte[] enc = reader.bytesExactly(HpkeSealed.ENC_BYTES);
    int at = reader.position();
    byte[] ciphertext = reader.bytes(PaddedName.SIZE_BYTES_MAX + Aead.TAG_BYTES);
    int padded = ciphertext.length - Aead.TAG_BYTES;
    if (padded < PaddedName.STEP_BYTES || padded % PaddedName.STEP_BYTES != 0) {
      throw new MalformedException("pseudonym of a length that no padding gives", at);
    }
    return new SealedPseudonym(epoch, HpkeSealed.of(enc, ciphertext));
  }

  void write(CborWriter writer) {
    writer.array(3);
    if (epoch == null) {
      writer.nul();
    } else {
      writer.bytes(epoch.bytes());
    }
    writer.bytes(sealed.enc()).bytes(sealed.ciphertext());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SealedPseudonym pseudonym
        && Objects.equals(epoch, pseudonym.epoch)
        && sealed.equals(pseudonym.sealed);
  }

  @Override
  public int hashCode() {
    return sealed.hashCode();
  }

  /** Nothing but that it is one. */
  @Override
  public String toString() {
    return "sealed pseudonym";
  }
}
