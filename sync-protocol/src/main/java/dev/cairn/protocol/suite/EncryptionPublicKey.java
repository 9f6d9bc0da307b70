package dev.cairn.protocol.suite;

import dev.cairn.protocol.MalformedException;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.pqc.crypto.xwing.XWingPublicKeyParameters;
import org.jspecify.annotations.Nullable;

/**
 * An X-Wing public key (draft-connolly-cfrg-xwing-kem): ML-KEM-768 beside X25519, so that what is
 * sealed to it stays sealed unless both are broken. It has been checked: the ML-KEM half is reduced
 * (FIPS 203 section 7.2), the X25519 half not of small order, so sealing to it cannot fail.
 *
 * <p>Immutable, safe for use by several threads.
 */
public final class EncryptionPublicKey {

  /** Length in bytes: 1184 of ML-KEM-768, 32 of X25519. */
  public static final int SIZE_BYTES = 1216;

  private final byte[] value;
  private final XWingPublicKeyParameters parameters;

  private EncryptionPublicKey(byte[] value, XWingPublicKeyParameters parameters) {
    this.value = value;
    this.parameters = parameters;
  }

  /**
   * Checks a key and takes a copy of it.
   *
   * @throws MalformedException if it is not {@link #SIZE_BYTES} long or fails a check
   */
  public static EncryptionPublicKey of(byte[] value) throws MalformedException {
    if (value.length != SIZE_BYTES) {
      throw new MalformedException("encryption key is not 1216 bytes long");
    }
    byte[] copy = value.clone();
    if (isSmallOrder(copy)) {
      throw new MalformedException("encryption key holds an X25519 point of small order");
    }
    try {
      return new EncryptionPublicKey(copy, new XWingPublicKeyParameters(copy));
    } catch (IllegalArgumentException refused) {
      throw new MalformedException("encryption key holds an unreduced ML-KEM key");
    }
  }

  /** Every scalar is a multiple of the cofactor, so any one of them finds such a point. */
  private static boolean isSmallOrder(byte[] key) {
    byte[] shared = new byte[X25519.POINT_SIZE];
    byte[] anyScalar = new byte[X25519.SCALAR_SIZE];
    return !X25519.calculateAgreement(anyScalar, 0, key, SIZE_BYTES - X25519.POINT_SIZE, shared, 0);
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return value.clone();
  }

  XWingPublicKeyParameters parameters() {
    return parameters;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EncryptionPublicKey key && Arrays.equals(value, key.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  /** The key's hash: it is too long to be read. */
  @Override
  public String toString() {
    return "encryption key " + Sha256.of(value);
  }
}
