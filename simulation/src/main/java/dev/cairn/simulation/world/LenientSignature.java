package dev.cairn.simulation.world;

import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.suite.SigningKey;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Ed25519 signatures (RFC 8032 section 5.1.6) to whose R a point of order 8 was added: who
 * multiplies by the cofactor takes them, a court's verifier does not. Only the key's owner can make
 * them, to deny later what he signed (Chalkias, Garillot, Nikolaenko 2020).
 */
final class LenientSignature {

  private static final BigInteger P =
      BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
  private static final BigInteger L =
      BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));
  private static final BigInteger D =
      BigInteger.valueOf(-121_665).multiply(BigInteger.valueOf(121_666).modInverse(P)).mod(P);
  private static final BigInteger ROOT_OF_MINUS_ONE =
      BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);
  private static final Point ORDER_8 =
      Point.decode(
          HexFormat.of()
              .parseHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"));
  private static final String CHANGE = "cairn/1/change";
  private static final int HALF = 32;

  private LenientSignature() {}

  /** Signs. */
  static byte[] sign(SigningKey key, byte[] message) {
    byte[] expanded = sha512(key.seed().expose());
    byte[] scalar = Arrays.copyOf(expanded, HALF);
    scalar[0] &= (byte) 0xf8;
    scalar[HALF - 1] &= 0x7f;
    scalar[HALF - 1] |= 0x40;
    BigInteger nonce = number(sha512(Arrays.copyOfRange(expanded, HALF, 2 * HALF), message)).mod(L);
    // The ordinary signature's R is the nonce times the base point.
    byte[] shifted = Point.decode(Arrays.copyOf(key.sign(message), HALF)).plus(ORDER_8).encode();
    BigInteger challenge = number(sha512(shifted, key.verifyingKey().bytes(), message)).mod(L);
    BigInteger answer = challenge.multiply(number(scalar)).add(nonce).mod(L);
    byte[] signature = Arrays.copyOf(shifted, 2 * HALF);
    System.arraycopy(littleEndian(answer), 0, signature, HALF, HALF);
    return signature;
  }

  /** Signs a change as its author does: a {@code Signature1} of RFC 9052. */
  static byte[] ofChange(SigningKey key, byte[] payload) {
    byte[] type = CHANGE.getBytes(StandardCharsets.US_ASCII);
    byte[] header = new CborWriter().map(2).uint(1).integer(-8).uint(16).text(CHANGE).toBytes();
    CborWriter signed = new CborWriter().array(4).text("Signature1").bytes(header);
    return sign(key, signed.bytes(type).bytes(payload).toBytes());
  }

  /** A point of the curve. */
  private record Point(BigInteger x, BigInteger y) {

    static Point decode(byte[] encoded) {
      byte[] height = encoded.clone();
      height[HALF - 1] &= 0x7f;
      BigInteger y = number(height);
      BigInteger square = y.multiply(y).mod(P);
      BigInteger ratio =
          square
              .subtract(BigInteger.ONE)
              .multiply(D.multiply(square).add(BigInteger.ONE).modInverse(P))
              .mod(P);
      BigInteger x = ratio.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
      if (!x.multiply(x).mod(P).equals(ratio)) {
        x = x.multiply(ROOT_OF_MINUS_ONE).mod(P);
      }
      boolean odd = (encoded[HALF - 1] & 0x80) != 0;
      return new Point(x.testBit(0) == odd ? x : P.subtract(x), y);
    }

    Point plus(Point other) {
      BigInteger both = D.multiply(x).multiply(other.x).multiply(y).multiply(other.y).mod(P);
      BigInteger across = x.multiply(other.y).add(other.x.multiply(y));
      BigInteger along = y.multiply(other.y).add(x.multiply(other.x));
      return new Point(
          across.multiply(BigInteger.ONE.add(both).modInverse(P)).mod(P),
          along.multiply(BigInteger.ONE.subtract(both).modInverse(P)).mod(P));
    }

    byte[] encode() {
      byte[] encoded = littleEndian(y);
      encoded[HALF - 1] |= (byte) (x.testBit(0) ? 0x80 : 0);
      return encoded;
    }
  }

  private static BigInteger number(byte[] littleEndian) {
    return new BigInteger(1, reversed(littleEndian));
  }

  private static byte[] littleEndian(BigInteger value) {
    return Arrays.copyOf(reversed(value.toByteArray()), HALF);
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] other = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      other[i] = bytes[bytes.length - 1 - i];
    }
    return other;
  }

  private static byte[] sha512(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-512");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
