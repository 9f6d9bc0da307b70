package dev.cairn.protocol.feed;

import dev.cairn.protocol.cose.CoseSign1;
import dev.cairn.protocol.cose.MessageType;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.protocol.suite.VerifyingKey;

/**
 * The author's signature over one change (RFC 9052 {@code COSE_Sign1}). It covers the payload and,
 * through the ids in it, everything the change continues; the ciphertext by its hash.
 */
public final class ChangeSignature {

  private ChangeSignature() {}

  /** The same change, signed. */
  public static Change sign(Change change, SigningKey key) {
    byte[] signature = CoseSign1.signature(MessageType.CHANGE, change.payloadArray(), key);
    return change.withSignature(Signature.of(signature));
  }

  /**
   * Whether the change carries a signature of this key that every strict verifier accepts. Whether
   * the key is the author's is the caller's to see.
   */
  public static boolean holds(Change change, VerifyingKey key) {
    return change.signature().isPresent()
        && CoseSign1.holds(
            MessageType.CHANGE, change.payloadArray(), change.signature().get().bytes(), key);
  }
}
