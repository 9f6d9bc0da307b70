package dev.cairn.protocol.record;

import dev.cairn.protocol.cbor.CborArray;
import dev.cairn.protocol.cbor.CborMap;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.limits.Limits;
import java.util.List;

/**
 * The forms a field's value takes on the wire. A value of another form comes from a newer program
 * or a broken one; either way its operation is kept and not merged, and every program must agree on
 * which those are, so this test is part of the protocol.
 */
public enum ValueShape {
  /** A text. */
  TEXT,
  /** The exact JSON text of a value whose path has no code. */
  JSON,
  /** A whole number from 1 to 3. */
  PRECISION,
  /** Latitude and longitude in degrees, each the text of a decimal number or null. */
  POINT,
  /** A name or null; repeated in one list: {@code [name, n]} with n from 2. */
  NAME,
  /** {@code [publisher, language, host, published]} with texts or nulls, or JSON; see below. */
  SOURCE,
  /** The id of a record. */
  RECORD,
  /** {@code [relation, from record, to record]}. */
  RELATION,
  /** Any value. */
  ANY,
  /** A map. */
  MAP;

  private static final int SOURCE_TEXTS = 4;

  /** Whether the value has this form. */
  public boolean fits(CborValue value) {
    return switch (this) {
      case TEXT, JSON -> value instanceof CborValue.Text;
      case PRECISION -> integer(value, 1, 3);
      case POINT -> value instanceof CborArray point && texts(point.items(), 2);
      case NAME -> textOrNull(value) || repeated(value);
      case SOURCE -> source(value);
      case RECORD -> recordId(value);
      case RELATION -> relation(value);
      case ANY -> true;
      case MAP -> value instanceof CborMap;
    };
  }

  /** Four texts or nulls; or the JSON text of an object with other keys; either with a number. */
  private static boolean source(CborValue value) {
    if (value instanceof CborArray array) {
      List<CborValue> items = array.items();
      return texts(items, SOURCE_TEXTS)
          || (items.size() == SOURCE_TEXTS + 1
              && texts(items.subList(0, SOURCE_TEXTS), SOURCE_TEXTS)
              && repetition(items.get(SOURCE_TEXTS)))
          || repeated(value);
    }
    return textOrNull(value);
  }

  private static boolean repeated(CborValue value) {
    return value instanceof CborArray array
        && array.items().size() == 2
        && textOrNull(array.items().get(0))
        && repetition(array.items().get(1));
  }

  private static boolean repetition(CborValue value) {
    return integer(value, 2, Limits.SET_ELEMENTS_MAX);
  }

  private static boolean relation(CborValue value) {
    return value instanceof CborArray array
        && array.items().size() == 3
        && integer(array.items().get(0), 0, 3)
        && recordId(array.items().get(1))
        && recordId(array.items().get(2));
  }

  private static boolean recordId(CborValue value) {
    return value instanceof CborValue.Bytes bytes && bytes.value().length == RecordId.SIZE_BYTES;
  }

  private static boolean texts(List<CborValue> items, int count) {
    return items.size() == count && items.stream().allMatch(ValueShape::textOrNull);
  }

  private static boolean textOrNull(CborValue value) {
    return value instanceof CborValue.Text || value instanceof CborValue.Null;
  }

  private static boolean integer(CborValue value, long least, long most) {
    return value instanceof CborValue.Int number
        && number.value() >= least
        && number.value() <= most;
  }
}
