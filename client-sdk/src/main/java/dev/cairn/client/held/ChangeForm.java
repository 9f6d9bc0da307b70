package dev.cairn.client.held;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Ciphertext;
import dev.cairn.protocol.feed.Signature;
import dev.cairn.protocol.limits.Limits;

/** How a change stands in a row: payload, ciphertext or null, signature or null. */
final class ChangeForm {

  private ChangeForm() {}

  static byte[] bytes(Change change) {
    CborWriter writer = new CborWriter();
    write(writer, change);
    return writer.toBytes();
  }

  static void write(CborWriter writer, Change change) {
    writer.array(3).bytes(change.payload());
    if (change.ciphertext().isPresent()) {
      writer.bytes(change.ciphertext().get().bytes());
    } else {
      writer.nul();
    }
    if (change.signature().isPresent()) {
      writer.bytes(change.signature().get().bytes());
    } else {
      writer.nul();
    }
  }

  static Change read(CborReader reader) throws CairnException {
    reader.arrayOf(3);
    Change change = Change.decode(reader.bytes(Limits.CHANGE_PAYLOAD_BYTES_MAX));
    if (reader.nextIsNull()) {
      reader.nul();
    } else {
      change = change.withCiphertext(Ciphertext.of(reader.bytes(Limits.CIPHERTEXT_BYTES_MAX)));
    }
    if (reader.nextIsNull()) {
      reader.nul();
      return change;
    }
    return change.withSignature(Signature.of(reader.bytesExactly(Signature.SIZE_BYTES)));
  }
}
