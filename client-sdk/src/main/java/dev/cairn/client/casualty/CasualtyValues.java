package dev.cairn.client.casualty;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.Operation;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What a record shows at a moment, as far as a casualty document tells it. */
public interface CasualtyValues {

  /**
   * Every field that has something to show, in any order: registers, counts, paths, sets, shape.
   */
  Collection<Field> fields();

  /** The value a register shows; empty if it shows none. */
  Optional<CborValue> register(Field field);

  /** The elements of a set in their order; empty if it has none. */
  List<CborValue> elements(Field set);

  /**
   * What one author's operations come to when nobody else said anything, the last word counting.
   *
   * @param operations in the order in which they were stated
   */
  static CasualtyValues of(List<Operation> operations) {
    return new StatedValues(operations);
  }
}
