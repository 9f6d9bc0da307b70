package dev.cairn.protocol.merge;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Operations;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** The canonical form of what {@link Oracle} finds. */
final class OracleForm {

  private OracleForm() {}

  static CborValue id(ChangeId id) {
    return CborValue.of(id.bytes());
  }

  static CborValue tree(Field field) {
    return decoded(field.encode());
  }

  static CborValue tree(Operation operation) {
    return decoded(Operations.encode(operation));
  }

  private static CborValue decoded(byte[] item) {
    try {
      return CborValue.decode(item);
    } catch (MalformedException impossible) {
      throw new AssertionError(impossible);
    }
  }

  static CborValue array(CborValue... items) {
    return CborValue.array(items);
  }

  static <T> CborValue list(Collection<T> items, Function<T, CborValue> encoding) {
    List<CborValue> encoded = new ArrayList<>();
    items.forEach(item -> encoded.add(encoding.apply(item)));
    return CborValue.array(encoded);
  }
}
