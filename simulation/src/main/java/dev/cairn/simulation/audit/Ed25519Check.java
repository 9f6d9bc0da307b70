package dev.cairn.simulation.audit;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * The auditor's own look at signatures. {@link #holds} asks quickly whether anybody could think
 * that one holds; {@link #holdsInCourt} asks the platform, which unlike Bouncy Castle does not
 * multiply by the cofactor, and looks at R.
 */
final class Ed25519Check {

  private static final BigInteger FIELD =
      BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
  private static final int HALF = 32;

  private Ed25519Check() {}

  /** Whether a signature holds. */
  static boolean holds(byte[] key, byte[] message, byte[] signature) {
    return key.length == HALF
        && signature.length == 2 * HALF
        && Ed25519.verify(signature, 0, key, 0, message, 0, message.length);
  }

  /** Whether a signature holds for every verifier there is. */
  static boolean holdsInCourt(byte[] key, byte[] message, byte[] signature) {
    if (key.length != HALF || signature.length != 2 * HALF) {
      return false;
    }
    BigInteger height = height(Arrays.copyOf(signature, HALF));
    if (height.compareTo(FIELD) >= 0 || height.equals(BigInteger.ONE)) {
      return false;
    }
    try {
      boolean odd = (key[HALF - 1] & 0x80) != 0;
      PublicKey known =
          KeyFactory.getInstance("Ed25519")
              .generatePublic(
                  new EdECPublicKeySpec(
                      NamedParameterSpec.ED25519, new EdECPoint(odd, height(key))));
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(known);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static BigInteger height(byte[] point) {
    byte[] bigEndian = new byte[HALF];
    for (int i = 0; i < HALF; i++) {
      bigEndian[i] = point[HALF - 1 - i];
    }
    bigEndian[0] &= 0x7f;
    return new BigInteger(1, bigEndian);
  }

  /** What a device signs of a change. */
  static byte[] toBeSigned(byte[] payload) {
    byte[] type = "cairn/1/change".getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    header.writeBytes(new byte[] {(byte) 0xa2, 0x01, 0x27, 0x10});
    header.write(0x60 + type.length);
    header.writeBytes(type);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0x84);
    out.write(0x6a);
    out.writeBytes("Signature1".getBytes(StandardCharsets.US_ASCII));
    Hashes.writeBytes(out, header.toByteArray());
    Hashes.writeBytes(out, type);
    Hashes.writeBytes(out, payload);
    return out.toByteArray();
  }
}
