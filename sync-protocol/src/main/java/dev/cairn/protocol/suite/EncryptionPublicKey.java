package dev.cairn.protocol.suite;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.encoding.Hex;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
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

  /**
   * Every spelling of a u-coordinate whose point, on the curve or on its twist, the cofactor brings
   * to nothing: 0, 1, two of order 8, p - 1, and 0 and 1 again as p and p + 1.
   */
  private static final Set<String> SMALL_ORDER =
      Collections.unmodifiableSet(
          new HashSet<>(
              Arrays.asList(
                  "0000000000000000000000000000000000000000000000000000000000000000",
                  "0100000000000000000000000000000000000000000000000000000000000000",
                  "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                  "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                  "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                  "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")));

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

  /** Looked up, for there are few: a multiplication would cost as much as agreeing on a key. */
  private static boolean isSmallOrder(byte[] key) {
    byte[] point = Arrays.copyOfRange(key, SIZE_BYTES - X25519.POINT_SIZE, SIZE_BYTES);
    point[X25519.POINT_SIZE - 1] &= 0x7f; // RFC 7748 section 5: the last bit is no part of it
    return SMALL_ORDER.contains(Hex.encode(point));
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
