package dev.cairn.protocol.suite;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.suite.TorsionSignature.Point;
import dev.cairn.protocol.vectors.LaxCbor;
import dev.cairn.protocol.vectors.VectorJson;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** {@code ed25519-strict.json} and {@code ed25519-cofactored.json}: what lax verifiers take. */
public final class SignatureVectors {

  private static final byte[] SEED = VectorJson.filled(7, 32);
  private static final byte[] MESSAGE = ascii("one rule each");
  private static final BigInteger NONCE = BigInteger.valueOf(1009);
  private static final BigInteger EIGHT = BigInteger.valueOf(8);

  private final ArrayNode tests = VectorJson.array();
  private final BigInteger scalar = TorsionSignature.privateScalar(SEED);
  private final Point torsion = TorsionSignature.ofOrderEight();
  private final byte[] key = base(scalar).encode();
  private final byte[] good = signature(base(NONCE).encode(), key, NONCE);

  private SignatureVectors() throws Exception {}

  public static ObjectNode makeStrict() throws Exception {
    SignatureVectors vectors = new SignatureVectors();
    vectors.put("good", vectors.key, vectors.good, true);
    vectors.outsideTheSubgroup();
    vectors.neutralElement();
    vectors.otherForms();
    ObjectNode file = VectorJson.object();
    file.put("about", "PROTOCOL.md section 1; each refused one breaks one rule");
    file.set("tests", vectors.tests);
    return file;
  }

  public static ObjectNode makeCofactored() throws Exception {
    byte[] message = ascii("R is shifted by a point of order 8");
    ObjectNode file = VectorJson.object();
    file.put(
        "source", "R = rB + T with T of order 8, S = r + kA; seed 32 bytes of 07, r = " + NONCE);
    file.put(
        "note",
        "A cofactored verifier accepts this signature, a cofactorless one refuses it."
            + " It MUST be refused.");
    file.put("seed", Hex.encode(SEED)).put("nonce", NONCE.intValue());
    file.put("public", Hex.encode(base(TorsionSignature.privateScalar(SEED)).encode()));
    file.put("message", Hex.encode(message));
    file.put("signature", Hex.encode(TorsionSignature.sign(SEED, message, NONCE)));
    return file;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static Point base(BigInteger times) {
    return TorsionSignature.B.times(times);
  }

  private void put(String name, byte[] publicKey, byte[] signature, boolean holds) {
    put(name, publicKey, signature, holds, MESSAGE);
  }

  private void put(String name, byte[] publicKey, byte[] signature, boolean holds, byte[] message) {
    tests
        .addObject()
        .put("name", name)
        .put("public", Hex.encode(publicKey))
        .put("message", Hex.encode(message))
        .put("signature", Hex.encode(signature))
        .put("holds", holds);
  }

  /** S = r + kA, whatever R and the key are said to be. */
  private byte[] signature(byte[] r, byte[] publicKey, BigInteger nonce) throws Exception {
    return scaled(
        r, nonce.add(TorsionSignature.sha512Scalar(r, publicKey, MESSAGE).multiply(scalar)));
  }

  private static byte[] scaled(byte[] r, BigInteger s) {
    return LaxCbor.join(r, TorsionSignature.littleEndian(s.mod(TorsionSignature.L)));
  }

  private void outsideTheSubgroup() throws Exception {
    byte[] mixed = base(scalar).plus(torsion).encode();
    BigInteger nonce = BigInteger.valueOf(2000);
    while (lowBits(base(nonce).encode(), mixed) != 0) {
      nonce = nonce.add(BigInteger.ONE);
    }
    byte[] r = base(nonce).encode();
    put("key outside the subgroup, both equations hold", mixed, signature(r, mixed, nonce), false);
    nonce = BigInteger.valueOf(3000);
    r = balancing(nonce, mixed);
    while (r.length == 0) {
      nonce = nonce.add(BigInteger.ONE);
      r = balancing(nonce, mixed);
    }
    put(
        "key and R outside the subgroup, both equations hold",
        mixed,
        signature(r, mixed, nonce),
        false);
    r = base(NONCE).plus(torsion).encode();
    put(
        "R outside the subgroup, the cofactored equation holds",
        key,
        signature(r, key, NONCE),
        false);
  }

  /** An R moved out of the subgroup just as far as the key takes it back; empty if none is. */
  private byte[] balancing(BigInteger nonce, byte[] mixed) throws Exception {
    for (int times = 1; times < 8; times++) {
      byte[] r = base(nonce).plus(torsion.times(BigInteger.valueOf(times))).encode();
      if ((times + lowBits(r, mixed)) % 8 == 0) {
        return r;
      }
    }
    return new byte[0];
  }

  private static int lowBits(byte[] r, byte[] publicKey) throws Exception {
    return TorsionSignature.sha512Scalar(r, publicKey, MESSAGE).mod(EIGHT).intValue();
  }

  private void neutralElement() throws Exception {
    byte[] one = TorsionSignature.littleEndian(BigInteger.ONE);
    byte[] notCanonical = TorsionSignature.littleEndian(TorsionSignature.P.add(BigInteger.ONE));
    put("R the neutral element", key, signature(one, key, BigInteger.ZERO), false);
    put(
        "R the neutral element, not canonical",
        key,
        signature(notCanonical, key, BigInteger.ZERO),
        false);
    BigInteger any = BigInteger.valueOf(77);
    byte[] forAny = scaled(base(any).encode(), any);
    put("key the neutral element", one, forAny, false);
    put("key the neutral element, not canonical", notCanonical, forAny, false);
    put("key of order 8", torsion.encode(), good, false);
  }

  private void otherForms() {
    BigInteger s = TorsionSignature.fromLittleEndian(Arrays.copyOfRange(good, 32, 64));
    byte[] above = TorsionSignature.littleEndian(s.add(TorsionSignature.L));
    put("S with the group order added", key, LaxCbor.join(Arrays.copyOf(good, 32), above), false);
    put("63 bytes", key, Arrays.copyOf(good, 63), false);
    put("65 bytes", key, Arrays.copyOf(good, 65), false);
    put("another message", key, good, false, ascii("one rule each."));
  }
}
