package dev.cairn.simulation.mutant;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.suite.Ed25519;
import dev.cairn.protocol.suite.VerifyingKey;

/**
 * A signature that the holder of an ordinary key made with a point of order 8 added to R: who
 * multiplies by the cofactor takes it, everybody else refuses it. The same as in {@code
 * vectors/ed25519-cofactored.json}.
 */
final class CofactoredSignature {

  private static final String KEY =
      "ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c";
  private static final String MESSAGE =
      "522069732073686966746564206279206120706f696e74206f66206f726465722038";
  private static final String SIGNATURE =
      "aa6b07b82830d6833f5fd8be45aa6ece9ed1a01cfaeef5fde5fb68142c3e145f"
          + "da30ac2c1c8a4e543ab62cef238e867c5f2f7397c454bc734324af3ff7d25104";

  private CofactoredSignature() {}

  static boolean isTaken() {
    try {
      return Ed25519.verify(
          VerifyingKey.of(Hex.decode(KEY)), Hex.decode(MESSAGE), Hex.decode(SIGNATURE));
    } catch (MalformedException e) {
      throw new IllegalStateException("the key is an ordinary one", e);
    }
  }
}
