package dev.cairn.protocol.cose;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.suite.Ed25519;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.protocol.suite.VerifyingKey;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A payload with one signature ({@code COSE_Sign1}, RFC 9052 section 4.2): {@code [h'{1: -8, 16:
 * typ}', {}, payload, signature]}, untagged. Whose key verifies it is known from the payload.
 *
 * <p>Immutable. Decoding checks the form and nothing else; only {@link #verifies} looks at the
 * signature.
 */
public final class CoseSign1 {

  private final MessageType type;
  private final byte[] payload;
  private final byte[] signature;

  private CoseSign1(MessageType type, byte[] payload, byte[] signature) {
    this.type = type;
    this.payload = payload;
    this.signature = signature;
  }

  /** Signs a payload. */
  public static CoseSign1 sign(MessageType type, byte[] payload, SigningKey key) {
    return new CoseSign1(type, payload.clone(), signature(type, payload, key));
  }

  /**
   * Puts a payload and the signature that came apart from it together again.
   *
   * @throws IllegalArgumentException if the signature is not {@link Ed25519#SIGNATURE_BYTES} long
   */
  public static CoseSign1 of(MessageType type, byte[] payload, byte[] signature) {
    if (signature.length != Ed25519.SIGNATURE_BYTES) {
      throw new IllegalArgumentException("signature has 64 bytes, not " + signature.length);
    }
    return new CoseSign1(type, payload.clone(), signature.clone());
  }

  /** The signature alone, {@link Ed25519#SIGNATURE_BYTES} long. */
  public static byte[] signature(MessageType type, byte[] payload, SigningKey key) {
    return key.sign(toBeSigned(type, payload));
  }

  /** Whether a signature that travels apart from its payload is this key's, strictly. */
  public static boolean holds(
      MessageType type, byte[] payload, byte[] signature, VerifyingKey key) {
    return Ed25519.verify(key, toBeSigned(type, payload), signature);
  }

  /**
   * The bytes that are signed: the {@code Sig_structure} of RFC 9052 section 4.4, {@code
   * ["Signature1", protected, external_aad, payload]}.
   */
  public static byte[] toBeSigned(MessageType type, byte[] payload) {
    return new CborWriter()
        .array(4)
        .text("Signature1")
        .bytes(Headers.message(type))
        .bytes(type.externalAad())
        .bytes(payload)
        .toBytes();
  }

  /**
   * Reads exactly one message.
   *
   * @param type the only type that will do here
   * @throws MalformedException if the bytes are anything but its one encoding
   */
  public static CoseSign1 decode(MessageType type, byte[] bytes) throws MalformedException {
    CborReader reader = CborReader.of(bytes);
    reader.arrayOf(4);
    Headers.expect(Headers.message(type), reader);
    Headers.expectEmptyUnprotected(reader);
    byte[] payload = reader.bytes(bytes.length);
    byte[] signature = Headers.signature(reader);
    reader.end();
    return new CoseSign1(type, payload, signature);
  }

  /** The one encoding. */
  public byte[] encode() {
    return new CborWriter()
        .array(4)
        .bytes(Headers.message(type))
        .map(0)
        .bytes(payload)
        .bytes(signature)
        .toBytes();
  }

  /** Whether the signature is this key's, strictly. */
  public boolean verifies(VerifyingKey key) {
    return holds(type, payload, signature, key);
  }

  /** What the signature is for. */
  public MessageType type() {
    return type;
  }

  /** A copy of what is signed. */
  public byte[] payload() {
    return payload.clone();
  }

  /** A copy of the signature. */
  public byte[] signature() {
    return signature.clone();
  }

  /** Compares signatures too: a payload signed twice is two messages, though one change. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CoseSign1 message
        && type == message.type
        && Arrays.equals(payload, message.payload)
        && Arrays.equals(signature, message.signature);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(payload);
  }

  @Override
  public String toString() {
    return type.typ() + " of " + payload.length + " bytes";
  }
}
