package dev.cairn.protocol.cose;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Ed25519;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.protocol.suite.VerifyingKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A payload with one to {@link Limits#COSE_SIGNERS_MAX} signatures ({@code COSE_Sign}, RFC 9052
 * section 4.1): {@code [h'{16: typ}', {}, payload, [[h'{1: -8, 4: key}', {}, signature] ...]]},
 * untagged, signers ascending by key and each once.
 *
 * <p>A signer is named by its public key. Most are devices; an invitation's one-time key and the
 * recovery key are written the same way. Immutable. Decoding checks the form and nothing else; only
 * {@link #verifies} looks at keys and signatures.
 */
public final class CoseSign {

  private final MessageType type;
  private final byte[] payload;
  private final SortedMap<DeviceId, byte[]> signatures;

  private CoseSign(MessageType type, byte[] payload, SortedMap<DeviceId, byte[]> signatures) {
    this.type = type;
    this.payload = payload;
    this.signatures = signatures;
  }

  /**
   * Signs a payload with each of these keys, whatever their order.
   *
   * @throws IllegalArgumentException if there is none, are too many, or one is there twice
   */
  public static CoseSign sign(MessageType type, byte[] payload, List<SigningKey> keys) {
    if (keys.isEmpty() || keys.size() > Limits.COSE_SIGNERS_MAX) {
      throw new IllegalArgumentException(keys.size() + " signers");
    }
    SortedMap<DeviceId, byte[]> signatures = new TreeMap<>();
    for (SigningKey key : keys) {
      DeviceId signer = DeviceId.of(key.verifyingKey().bytes());
      if (signatures.put(signer, key.sign(toBeSigned(type, payload, signer))) != null) {
        throw new IllegalArgumentException("one key signs twice");
      }
    }
    return new CoseSign(type, payload.clone(), signatures);
  }

  /**
   * The bytes that one signer signs: the {@code Sig_structure} of RFC 9052 section 4.4, {@code
   * ["Signature", body_protected, sign_protected, external_aad, payload]}.
   */
  public static byte[] toBeSigned(MessageType type, byte[] payload, DeviceId signer) {
    return new CborWriter()
        .array(5)
        .text("Signature")
        .bytes(Headers.body(type))
        .bytes(Headers.signer(signer.bytes()))
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
  public static CoseSign decode(MessageType type, byte[] bytes) throws MalformedException {
    CborReader reader = CborReader.of(bytes);
    reader.arrayOf(4);
    Headers.expect(Headers.body(type), reader);
    Headers.expectEmptyUnprotected(reader);
    byte[] payload = reader.bytes(bytes.length);
    SortedMap<DeviceId, byte[]> signatures = signatures(reader);
    reader.end();
    return new CoseSign(type, payload, signatures);
  }

  private static SortedMap<DeviceId, byte[]> signatures(CborReader reader)
      throws MalformedException {
    int at = reader.position();
    int count = reader.arrayHeader(Limits.COSE_SIGNERS_MAX);
    if (count == 0) {
      throw new MalformedException("nobody signs", at);
    }
    TreeMap<DeviceId, byte[]> signatures = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      at = reader.position();
      reader.arrayOf(3);
      DeviceId signer = Headers.signer(reader);
      Headers.expectEmptyUnprotected(reader);
      if (!signatures.isEmpty() && signatures.lastKey().compareTo(signer) >= 0) {
        throw new MalformedException("signers out of order or repeated", at);
      }
      signatures.put(signer, Headers.signature(reader));
    }
    return signatures;
  }

  /** The one encoding. */
  public byte[] encode() {
    CborWriter writer =
        new CborWriter()
            .array(4)
            .bytes(Headers.body(type))
            .map(0)
            .bytes(payload)
            .array(signatures.size());
    for (Map.Entry<DeviceId, byte[]> signature : signatures.entrySet()) {
      writer
          .array(3)
          .bytes(Headers.signer(signature.getKey().bytes()))
          .map(0)
          .bytes(signature.getValue());
    }
    return writer.toBytes();
  }

  /** Whether every signer's key is valid and every signature that key's, strictly. */
  public boolean verifies() {
    for (Map.Entry<DeviceId, byte[]> signature : signatures.entrySet()) {
      DeviceId signer = signature.getKey();
      try {
        VerifyingKey key = VerifyingKey.of(signer.bytes());
        if (!Ed25519.verify(key, toBeSigned(type, payload, signer), signature.getValue())) {
          return false;
        }
      } catch (MalformedException invalidKey) {
        return false;
      }
    }
    return true;
  }

  /** What the signatures are for. */
  public MessageType type() {
    return type;
  }

  /** A copy of what is signed. */
  public byte[] payload() {
    return payload.clone();
  }

  /** Whose keys sign, ascending; never empty. They have signed only if {@link #verifies}. */
  public List<DeviceId> signers() {
    return Collections.unmodifiableList(new ArrayList<>(signatures.keySet()));
  }

  /** Compares signatures too: a payload signed twice is two messages, though one statement. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CoseSign message && Arrays.equals(encode(), message.encode());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(payload);
  }

  @Override
  public String toString() {
    return type.typ() + " of " + payload.length + " bytes by " + signatures.size();
  }
}
