package dev.cairn.protocol.suite;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Makes the signatures and keys that verifiers disagree about, by slow and plain arithmetic on the
 * curve of RFC 8032 section 5.1. This is what an infiltrator with an ordinary key could compute.
 */
final class TorsionSignature {

  static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  /** Order of the prime-order subgroup. */
  static final BigInteger L =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private static final BigInteger D =
      BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(P)).mod(P);

  private static final BigInteger ROOT_OF_MINUS_ONE =
      BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);

  /** The generator: y = 4/5, x even. */
  static final Point B =
      Point.ofY(BigInteger.valueOf(4).multiply(BigInteger.valueOf(5).modInverse(P)).mod(P));

  private TorsionSignature() {}

  record Point(BigInteger x, BigInteger y) {

    static final Point IDENTITY = new Point(BigInteger.ZERO, BigInteger.ONE);

    /** The point of this y whose x is even. */
    static Point ofY(BigInteger y) {
      BigInteger ySquared = y.multiply(y).mod(P);
      BigInteger xSquared =
          ySquared
              .subtract(BigInteger.ONE)
              .multiply(D.multiply(ySquared).add(BigInteger.ONE).modInverse(P))
              .mod(P);
      BigInteger x = xSquared.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
      if (!x.multiply(x).mod(P).equals(xSquared)) {
        x = x.multiply(ROOT_OF_MINUS_ONE).mod(P);
      }
      if (!x.multiply(x).mod(P).equals(xSquared)) {
        throw new ArithmeticException("no point has this y");
      }
      return new Point(x.testBit(0) ? P.subtract(x) : x, y);
    }

    Point plus(Point other) {
      BigInteger cross = D.multiply(x).multiply(other.x).multiply(y).multiply(other.y).mod(P);
      BigInteger newX =
          x.multiply(other.y)
              .add(y.multiply(other.x))
              .multiply(BigInteger.ONE.add(cross).modInverse(P))
              .mod(P);
      BigInteger newY =
          y.multiply(other.y)
              .add(x.multiply(other.x))
              .multiply(BigInteger.ONE.subtract(cross).modInverse(P))
              .mod(P);
      return new Point(newX, newY);
    }

    Point times(BigInteger scalar) {
      Point product = IDENTITY;
      for (int bit = scalar.bitLength() - 1; bit >= 0; bit--) {
        product = product.plus(product);
        if (scalar.testBit(bit)) {
          product = product.plus(this);
        }
      }
      return product;
    }

    byte[] encode() {
      byte[] bytes = littleEndian(y);
      if (x.testBit(0)) {
        bytes[31] |= (byte) 0x80;
      }
      return bytes;
    }
  }

  /** A point of order 8: some y times L, where that leaves order 8. */
  static Point ofOrderEight() {
    for (int y = 2; ; y++) {
      try {
        Point candidate = Point.ofY(BigInteger.valueOf(y)).times(L);
        if (!candidate.times(BigInteger.valueOf(4)).equals(Point.IDENTITY)) {
          return candidate;
        }
      } catch (ArithmeticException none) {
        // About half of all numbers are no y of a point.
      }
    }
  }

  /** R' = rB + T and S = r + kA for the private scalar of an ordinary seed. */
  static byte[] sign(byte[] seed, byte[] message, BigInteger nonce) throws Exception {
    BigInteger scalar = privateScalar(seed);
    byte[] publicKey = B.times(scalar).encode();
    byte[] shiftedR = B.times(nonce).plus(ofOrderEight()).encode();
    BigInteger k = sha512Scalar(shiftedR, publicKey, message);
    byte[] signature = new byte[64];
    System.arraycopy(shiftedR, 0, signature, 0, 32);
    System.arraycopy(littleEndian(nonce.add(k.multiply(scalar)).mod(L)), 0, signature, 32, 32);
    return signature;
  }

  /** The public key of the seed, moved out of the prime-order subgroup. */
  static byte[] mixedOrderKey(byte[] seed) throws Exception {
    return B.times(privateScalar(seed)).plus(ofOrderEight()).encode();
  }

  static BigInteger privateScalar(byte[] seed) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-512").digest(seed);
    byte[] low = Arrays.copyOf(hash, 32);
    low[0] &= (byte) 0xf8;
    low[31] &= 0x7f;
    low[31] |= 0x40;
    return fromLittleEndian(low);
  }

  static BigInteger sha512Scalar(byte[]... parts) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-512");
    for (byte[] part : parts) {
      digest.update(part);
    }
    return fromLittleEndian(digest.digest()).mod(L);
  }

  static byte[] littleEndian(BigInteger value) {
    byte[] bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = value.shiftRight(8 * i).byteValue();
    }
    return bytes;
  }

  static BigInteger fromLittleEndian(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return new BigInteger(1, reversed);
  }
}
