package dev.cairn.protocol.cose;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.suite.Ed25519;
import java.util.Arrays;

/** The header maps that occur, all of them known beforehand, so that they compare as bytes. */
final class Headers {

  private static final int ALGORITHM = 1;
  private static final int KEY_ID = 4;
  private static final int TYP = 16;
  private static final int EDDSA = -8;

  private static final int SIGNER_BYTES = signer(new byte[DeviceId.SIZE_BYTES]).length;

  private Headers() {}

  /** Of one signer's message: {@code {1: -8, 16: typ}}. */
  static byte[] message(MessageType type) {
    return new CborWriter()
        .map(2)
        .uint(ALGORITHM)
        .integer(EDDSA)
        .uint(TYP)
        .text(type.typ())
        .toBytes();
  }

  /** Of a message by several: {@code {16: typ}}. */
  static byte[] body(MessageType type) {
    return new CborWriter().map(1).uint(TYP).text(type.typ()).toBytes();
  }

  /** Of one of several signers: {@code {1: -8, 4: key}}. */
  static byte[] signer(byte[] publicKey) {
    return new CborWriter()
        .map(2)
        .uint(ALGORITHM)
        .integer(EDDSA)
        .uint(KEY_ID)
        .bytes(publicKey)
        .toBytes();
  }

  /** Reads a protected header that can only be this one. */
  static void expect(byte[] header, CborReader reader) throws MalformedException {
    int from = reader.position();
    if (!Arrays.equals(reader.bytes(header.length), header)) {
      throw new MalformedException("another protected header than expected", from);
    }
  }

  /** Reads one signer's protected header. */
  static DeviceId signer(CborReader reader) throws MalformedException {
    int from = reader.position();
    byte[] header = reader.bytes(SIGNER_BYTES);
    int keyFrom = Math.max(0, header.length - DeviceId.SIZE_BYTES);
    byte[] key = Arrays.copyOfRange(header, keyFrom, keyFrom + DeviceId.SIZE_BYTES);
    if (!Arrays.equals(header, signer(key))) {
      throw new MalformedException("another protected header than expected", from);
    }
    return DeviceId.of(key);
  }

  /** Reads the unprotected header: nobody signs it, so nothing may stand in it. */
  static void expectEmptyUnprotected(CborReader reader) throws MalformedException {
    reader.mapHeader(0);
  }

  static byte[] signature(CborReader reader) throws MalformedException {
    return reader.bytesExactly(Ed25519.SIGNATURE_BYTES);
  }
}
