package dev.cairn.protocol.record;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborType;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.limits.Limits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads operations of which this program knows the form; refuses all others. */
final class OperationReader {

  private OperationReader() {}

  static Operation read(CborReader reader) throws MalformedException {
    int items = reader.arrayHeader();
    int code = (int) reader.uint(Integer.MAX_VALUE);
    return switch (code) {
      case 1 -> new Operation.Assert(field(reader, items, 3), value(reader));
      case 2 -> new Operation.Add(field(reader, items, 3), elements(reader));
      case 3 -> new Operation.Remove(field(reader, items, 3), elements(reader));
      case 4 -> new Operation.Note(statement(reader, items));
      case 5 -> {
        arity(items, 3);
        yield new Operation.Retract(target(reader), reason(reader));
      }
      case 12 -> {
        arity(items, 3);
        yield new Operation.Answer(change(reader), text(reader));
      }
      case 13 -> attach(reader, items);
      default -> readReview(reader, code, items);
    };
  }

  private static Operation readReview(CborReader reader, int code, int items)
      throws MalformedException {
    return switch (code) {
      case 6 -> decide(reader, items);
      case 7 -> {
        arity(items, 3);
        yield new Operation.UndoDecision(change(reader), reason(reader));
      }
      case 8 -> {
        arity(items, 2);
        yield new Operation.Review(known(ReviewState.ofCode(reader.uint())));
      }
      case 9 -> assign(reader, items);
      case 10 -> new Operation.Comment(statement(reader, items));
      case 11 -> new Operation.Ask(statement(reader, items));
      case 14 -> erase(reader, items);
      case 15 -> confirm(reader, items);
      default -> throw new MalformedException("unknown operation");
    };
  }

  private static Field field(CborReader reader, int items, int expected) throws MalformedException {
    arity(items, expected);
    return Field.read(reader);
  }

  private static Operation erase(CborReader reader, int items) throws MalformedException {
    arity(items, 7);
    return new Operation.Erase(
        change(reader),
        DeviceId.of(reader.bytesExactly(DeviceId.SIZE_BYTES)),
        reader.bool(),
        changes(reader, Limits.ERASED_PARENTS_MAX),
        fields(reader),
        reason(reader));
  }

  private static Operation confirm(CborReader reader, int items) throws MalformedException {
    arity(items, 5);
    return new Operation.Confirm(
        DeviceId.of(reader.bytesExactly(DeviceId.SIZE_BYTES)),
        reader.uint(),
        change(reader),
        changes(reader, Limits.CONFIRMATION_UNOPENED_MAX));
  }

  private static void arity(int items, int expected) throws MalformedException {
    if (items != expected) {
      throw new MalformedException("operation of another length than " + expected);
    }
  }

  private static <T> T known(Optional<T> value) throws MalformedException {
    if (!value.isPresent()) {
      throw new MalformedException("unknown code");
    }
    return value.get();
  }

  private static CborValue value(CborReader reader) throws MalformedException {
    int from = reader.position();
    byte[] item = reader.rawItem(Limits.VALUE_ITEMS_MAX);
    if (item.length > Limits.VALUE_SIZE_BYTES_MAX) {
      throw new MalformedException(
          "value longer than " + Limits.VALUE_SIZE_BYTES_MAX + " bytes", from);
    }
    CborValue value = CborValue.decode(item);
    if (value.depth() > Limits.VALUE_DEPTH_MAX) {
      throw new MalformedException("value deeper than " + Limits.VALUE_DEPTH_MAX, from);
    }
    return value;
  }

  private static List<CborValue> elements(CborReader reader) throws MalformedException {
    int count = reader.arrayHeader(Limits.SET_ELEMENTS_MAX);
    List<CborValue> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(value(reader));
    }
    return values;
  }

  private static String statement(CborReader reader, int items) throws MalformedException {
    arity(items, 2);
    return text(reader);
  }

  private static String text(CborReader reader) throws MalformedException {
    return reader.text(Limits.STATEMENT_SIZE_BYTES_MAX);
  }

  private static String reason(CborReader reader) throws MalformedException {
    return reader.text(Limits.REASON_SIZE_BYTES_MAX);
  }

  private static ChangeId change(CborReader reader) throws MalformedException {
    return ChangeId.of(reader.bytesExactly(ChangeId.SIZE_BYTES));
  }

  private static List<ChangeId> changes(CborReader reader, int countMax) throws MalformedException {
    int count = reader.arrayHeader(countMax);
    List<ChangeId> changes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      changes.add(change(reader));
    }
    return inOrder(changes);
  }

  private static List<Field> fields(CborReader reader) throws MalformedException {
    int count = reader.arrayHeader(Limits.ERASED_FIELDS_MAX);
    List<Field> fields = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      fields.add(Field.read(reader));
    }
    return inOrder(fields);
  }

  /** One list has one order, so that one operation has one encoding. */
  private static <T extends Comparable<T>> List<T> inOrder(List<T> items)
      throws MalformedException {
    for (int i = 1; i < items.size(); i++) {
      if (items.get(i - 1).compareTo(items.get(i)) >= 0) {
        throw new MalformedException("list out of order or with repetition");
      }
    }
    return items;
  }

  private static Operation.Target target(CborReader reader) throws MalformedException {
    if (reader.nextIsNull()) {
      reader.nul();
      return new Operation.Target.Whole();
    }
    if (reader.peek() == CborType.ARRAY) {
      byte[] item = reader.rawItem();
      CborReader inside = CborReader.of(item);
      if (inside.arrayHeader() == 2) {
        return new Operation.Target.OfNote(change(inside), (int) inside.uint(Integer.MAX_VALUE));
      }
      return new Operation.Target.OfField(Field.read(CborReader.of(item)));
    }
    return new Operation.Target.OfField(Field.read(reader));
  }

  private static Operation decide(CborReader reader, int items) throws MalformedException {
    Field field = field(reader, items, 6);
    List<ChangeId> settles = changes(reader, Limits.DECISION_CHANGES_MAX);
    Operation.Outcome outcome = outcome(reader);
    return new Operation.Decide(field, settles, outcome, reason(reader));
  }

  private static Operation.Outcome outcome(CborReader reader) throws MalformedException {
    return switch ((int) reader.uint(2)) {
      case 0 -> new Operation.Outcome.Choose(change(reader));
      case 1 -> new Operation.Outcome.Value(value(reader));
      default -> {
        reader.nul();
        yield new Operation.Outcome.KeepAll();
      }
    };
  }

  private static Operation assign(CborReader reader, int items) throws MalformedException {
    arity(items, 2);
    if (reader.nextIsNull()) {
      reader.nul();
      return new Operation.Assign(null);
    }
    return new Operation.Assign(MemberId.of(reader.bytesExactly(MemberId.SIZE_BYTES)));
  }

  private static Operation attach(CborReader reader, int items) throws MalformedException {
    if (items != 7 && items != 8) {
      throw new MalformedException("operation of another length than 7 or 8");
    }
    AttachmentId id = AttachmentId.of(reader.bytesExactly(AttachmentId.SIZE_BYTES));
    AttachmentKey key = AttachmentKey.of(reader.bytesExactly(AttachmentKey.SIZE_BYTES));
    long sizeBytes = reader.uint();
    String name = reader.text(Limits.FILE_NAME_SIZE_BYTES_MAX);
    String mediaType = reader.text(Limits.MEDIA_TYPE_SIZE_BYTES_MAX);
    CborValue.Bytes sha256 =
        (CborValue.Bytes) CborValue.of(reader.bytesExactly(AttachedFile.SHA256_SIZE_BYTES));
    return new Operation.Attach(
        new AttachedFile(
            id, key, sizeBytes, name, mediaType, sha256, items == 8 ? capture(reader) : none()));
  }

  private static Map<String, CborValue> none() {
    return Collections.emptyMap();
  }

  /** A map that says nothing is left out, so that one operation has one encoding. */
  private static Map<String, CborValue> capture(CborReader reader) throws MalformedException {
    int count = reader.mapHeader(Limits.CAPTURE_ENTRIES_MAX);
    if (count == 0) {
      throw new MalformedException("empty capture data");
    }
    Map<String, CborValue> capture = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      String name = reader.text(Limits.CAPTURE_NAME_SIZE_BYTES_MAX);
      capture.put(name, value(reader));
    }
    return capture;
  }
}
