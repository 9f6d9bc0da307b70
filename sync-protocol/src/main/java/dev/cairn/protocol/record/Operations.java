package dev.cairn.protocol.record;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborType;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.limits.Limits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The codec of operations. What does not have the exact form of a known operation becomes {@link
 * Operation.Unknown} and keeps its bytes, so that an older program carries what a newer one wrote;
 * only bytes that are no CBOR of the profile, and lists over a limit, are refused.
 */
public final class Operations {

  private Operations() {}

  /**
   * Reads one operation.
   *
   * @throws MalformedException if the bytes are not exactly one item of the profile
   */
  public static Operation decode(byte[] item) throws MalformedException {
    CborReader reader = CborReader.of(item);
    Operation operation = read(reader);
    reader.end();
    return operation;
  }

  /**
   * Reads the next item as an operation.
   *
   * @throws MalformedException if it is not one item of the profile
   */
  public static Operation read(CborReader reader) throws MalformedException {
    return read(reader.rawItem());
  }

  private static Operation read(byte[] item) throws MalformedException {
    try {
      CborReader inner = CborReader.of(item);
      Operation operation = OperationReader.read(inner);
      inner.end();
      return operation;
    } catch (MalformedException | IllegalArgumentException notKnown) {
      return new Operation.Unknown(item, codeOf(item));
    }
  }

  private static int codeOf(byte[] item) throws MalformedException {
    CborReader reader = CborReader.of(item);
    if (reader.peek() != CborType.ARRAY
        || reader.arrayHeader() == 0
        || reader.peek() != CborType.INTEGER) {
      return -1;
    }
    long code = reader.integer();
    return code < 0 || code > Integer.MAX_VALUE ? -1 : (int) code;
  }

  /**
   * Reads the list of operations of a change.
   *
   * <p>An operation whose values would bring those of the body over {@link Limits#BODY_ITEMS_MAX}
   * is unknown, and does not count for those after it.
   *
   * @throws MalformedException if it is no list, longer than the limit, or names more elements of
   *     sets than one body may
   */
  public static List<Operation> readAll(CborReader reader) throws MalformedException {
    int count = reader.arrayHeader(Limits.OPERATIONS_MAX);
    List<Operation> operations = new ArrayList<>(count);
    int elements = 0;
    int items = 0;
    for (int i = 0; i < count; i++) {
      byte[] item = reader.rawItem();
      Operation operation = read(item);
      items += items(operation);
      if (items > Limits.BODY_ITEMS_MAX) {
        items -= items(operation);
        operation = new Operation.Unknown(item, codeOf(item));
      }
      operations.add(operation);
      elements += elements(operation);
      if (elements > Limits.BODY_ELEMENTS_MAX) {
        throw new MalformedException("more than " + Limits.BODY_ELEMENTS_MAX + " elements of sets");
      }
    }
    return operations;
  }

  /** How many elements these operations name on sets, together. */
  public static int elements(List<Operation> operations) {
    int elements = 0;
    for (Operation operation : operations) {
      elements += elements(operation);
    }
    return elements;
  }

  private static int elements(Operation operation) {
    if (operation instanceof Operation.Add add) {
      return add.values().size();
    }
    return operation instanceof Operation.Remove remove ? remove.values().size() : 0;
  }

  /** Of how many items the values in these operations are, together. */
  public static int items(List<Operation> operations) {
    int items = 0;
    for (Operation operation : operations) {
      items += items(operation);
    }
    return items;
  }

  private static int items(Operation operation) {
    if (operation instanceof Operation.Assert op) {
      return op.value().itemCount();
    }
    if (operation instanceof Operation.Add op) {
      return items(op.values());
    }
    if (operation instanceof Operation.Remove op) {
      return items(op.values());
    }
    if (operation instanceof Operation.Attach op) {
      return items(op.file().capture().values());
    }
    return operation instanceof Operation.Decide op
            && op.outcome() instanceof Operation.Outcome.Value other
        ? other.value().itemCount()
        : 0;
  }

  private static int items(Collection<CborValue> values) {
    int items = 0;
    for (CborValue value : values) {
      items += value.itemCount();
    }
    return items;
  }

  /**
   * Appends a list of operations as a change carries it.
   *
   * @throws IllegalArgumentException if there are more than the limit, they name more elements of
   *     sets or hold more items than one body may, or one is over a limit
   */
  public static void writeAll(List<Operation> operations, CborWriter writer) {
    if (operations.size() > Limits.OPERATIONS_MAX) {
      throw new IllegalArgumentException(
          "a change carries at most " + Limits.OPERATIONS_MAX + " operations");
    }
    if (elements(operations) > Limits.BODY_ELEMENTS_MAX) {
      throw new IllegalArgumentException(
          "a change names at most " + Limits.BODY_ELEMENTS_MAX + " elements of sets");
    }
    if (items(operations) > Limits.BODY_ITEMS_MAX) {
      throw new IllegalArgumentException(
          "the values of a change are of at most " + Limits.BODY_ITEMS_MAX + " items");
    }
    writer.array(operations.size());
    for (Operation operation : operations) {
      writer.raw(encode(operation));
    }
  }

  /**
   * The one encoding of an operation.
   *
   * @throws IllegalArgumentException if a text, value or list in it is over its limit, so that no
   *     reader would know it
   */
  public static byte[] encode(Operation operation) {
    if (operation instanceof Operation.Unknown unknown) {
      return unknown.encoding();
    }
    CborWriter writer = new CborWriter();
    OperationWriter.write(operation, writer);
    byte[] item = writer.toBytes();
    try {
      if (decode(item) instanceof Operation.Unknown) {
        throw new IllegalArgumentException(operation + " is over a limit");
      }
    } catch (MalformedException impossible) {
      throw new IllegalStateException("the writer writes what the reader refuses", impossible);
    }
    return item;
  }
}
