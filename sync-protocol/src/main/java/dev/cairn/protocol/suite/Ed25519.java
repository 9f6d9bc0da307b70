package dev.cairn.protocol.suite;

/**
 * Strict verification of Ed25519 signatures (RFC 8032 section 5.1.7), such that every verifier in
 * the world gives the same answer.
 *
 * <p>Bouncy Castle multiplies the verification equation by the cofactor; OpenSSL, the JDK and
 * others do not. The holder of an ordinary key can therefore make a signature, its R shifted by a
 * point of order 8, that the one accepts and the others refuse: a report that we take and a court's
 * verifier rejects. Where R as well as the public key lie in the subgroup of prime order the two
 * equations agree, so R is checked as fully as a key. The JDK's own verifier is never used: some
 * versions take a signature with a zero byte appended.
 */
public final class Ed25519 {

  /** Length of a signature, in bytes. */
  public static final int SIGNATURE_BYTES = 64;

  private Ed25519() {}

  /**
   * Whether the signature is the key holder's for this message. Safe for use by several threads.
   *
   * @return false as well for a signature that is not {@link #SIGNATURE_BYTES} long, whose R is not
   *     a canonical point of prime order, or whose S is not below the group order
   */
  public static boolean verify(VerifyingKey key, byte[] message, byte[] signature) {
    return signature.length == SIGNATURE_BYTES
        && org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyFull(signature, 0)
        && org.bouncycastle.math.ec.rfc8032.Ed25519.verify(
            signature, 0, key.point(), message, 0, message.length);
  }
}
