package dev.cairn.protocol.suite;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.encoding.Hex;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519.PublicPoint;
import org.jspecify.annotations.Nullable;

/**
 * An Ed25519 public key that has been checked: canonical, on the curve, in the subgroup of prime
 * order and not its identity. With a key of small order one signature fits many messages; with a
 * mixed one, verifiers disagree.
 *
 * <p>Immutable, safe for use by several threads.
 */
public final class VerifyingKey {

  /** Length in bytes. */
  public static final int SIZE_BYTES = 32;

  private final byte[] value;
  private final PublicPoint point;

  private VerifyingKey(byte[] value, PublicPoint point) {
    this.value = value;
    this.point = point;
  }

  /**
   * Checks a key and takes a copy of it. Costs about as much as verifying a signature.
   *
   * @throws MalformedException if it is not {@link #SIZE_BYTES} long or fails a check
   */
  public static VerifyingKey of(byte[] value) throws MalformedException {
    if (value.length != SIZE_BYTES) {
      throw new MalformedException("public key is not 32 bytes long");
    }
    byte[] copy = value.clone();
    PublicPoint point =
        org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyFullExport(copy, 0);
    if (point == null) {
      throw new MalformedException("public key is not a canonical point of prime order");
    }
    return new VerifyingKey(copy, point);
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return value.clone();
  }

  PublicPoint point() {
    return point;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof VerifyingKey key && Arrays.equals(value, key.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  /** The bytes as lower-case hexadecimal digits. */
  @Override
  public String toString() {
    return Hex.encode(value);
  }
}
