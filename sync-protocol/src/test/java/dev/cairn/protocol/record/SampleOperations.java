package dev.cairn.protocol.record;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.ChangeId;
import java.util.Arrays;
import java.util.Collections;

/** Operations, and parts of them, that tests of their form share. */
final class SampleOperations {

  static final Field TITLE = Field.of(KnownField.TITLE);
  static final Field TAGS = Field.of(KnownField.TAGS);
  static final Field DEAD = Field.of(CountKey.of(Metric.KILLED, "age=child"));

  private SampleOperations() {}

  static byte[] filled(int size, int with) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) with);
    return bytes;
  }

  static ChangeId change(int with) {
    return ChangeId.of(filled(ChangeId.SIZE_BYTES, with));
  }

  static CborValue text(String value) {
    return CborValue.of(value);
  }

  static String letters(int count) {
    char[] letters = new char[count];
    Arrays.fill(letters, 'x');
    return new String(letters);
  }

  static Operation.Attach attach(String name) {
    return new Operation.Attach(
        new AttachedFile(
            AttachmentId.of(filled(32, 5)),
            AttachmentKey.of(filled(32, 6)),
            12_345,
            name,
            "image/jpeg",
            (CborValue.Bytes) CborValue.of(filled(32, 7)),
            Collections.singletonMap("heading", CborValue.of(90))));
  }

  /** As it is read back. */
  static Operation read(CborWriter value) throws MalformedException {
    return Operations.decode(value.toBytes());
  }
}
