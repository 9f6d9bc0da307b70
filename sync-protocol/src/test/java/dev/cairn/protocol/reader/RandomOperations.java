package dev.cairn.protocol.reader;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborArray;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Operations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Operations of every form, and as many that just miss one. */
final class RandomOperations {

  private static final byte[] LOW = filled(32, 1);
  private static final byte[] HIGH = filled(32, 2);
  private static final byte[] RECORD = filled(16, 3);
  private static final CborValue DEAD =
      list(1, "age=child;status=civilian", "", "2024-05", "press");
  private static final CborValue CAPTURE =
      CborValue.map(Map.of(CborValue.of("heading"), CborValue.of(90), CborValue.of("app"), nul()));

  private static final List<CborValue> FORMS =
      List.of(
          list(1, 29, "market"),
          list(1, 7, list("33.1", null)),
          list(1, 8, 3),
          list(1, 27, list(2, RECORD, filled(16, 4))),
          list(1, 28, list(-1, true)),
          list(1, 28, nested(8)),
          list(1, 28, nested(9)),
          list(1, 28, nested(12)),
          list(6, 28, list(), 1, nested(9), ""),
          list(1, 28, flat(Limits.VALUE_ITEMS_MAX)),
          list(1, 28, flat(Limits.VALUE_ITEMS_MAX + 1)),
          list(2, 26, list("b", "a", "b")),
          list(3, 26, list("b", "a")),
          list(1, 70, CAPTURE),
          list(1, DEAD, list(1, 2, 3, 0, "A1")),
          list(1, DEAD, list(null, 2, null, null, null)),
          list(1, 30, "500"),
          list(1, 64, "2"),
          list(2, 31, list("ordered army")),
          list(1, "weather.sky", "\"clear\""),
          list(2, 26, list("school", "bread line")),
          list(2, 15, list("army", null, list("army", 2))),
          list(2, 16, list(list("paper", "ar", null, null, 2), "{}", list(null, 3))),
          list(2, 23, list(filled(16, 9), RECORD)),
          list(3, 22, list("shelling")),
          list(4, "the second shell came later"),
          list(5, null, "wrong day"),
          list(5, DEAD, ""),
          list(5, list(LOW, 4), "not mine"),
          list(6, 29, list(LOW, HIGH), 0, HIGH, "two sources"),
          list(6, DEAD, list(LOW), 1, list(2, 2, 2, null, null), "counted"),
          list(6, 26, list(), 2, null, "both hold"),
          list(7, LOW, "new witness"),
          list(8, 4),
          list(9, HIGH),
          list(9, (Object) null),
          list(10, "call the hospital"),
          list(11, "which bridge?"),
          list(12, LOW, "the old one"),
          list(13, LOW, HIGH, 12345, "photo.jpg", "image/jpeg", LOW),
          list(13, LOW, HIGH, 12345, "photo.jpg", "image/jpeg", LOW, CAPTURE),
          list(14, LOW, HIGH, true, list(LOW, HIGH), list(26, 29, DEAD), "asked"),
          list(15, LOW, 17, HIGH, list(LOW)),
          list(16, "from a newer program"));

  private static final List<CborValue> PIECES =
      List.of(
          nul(),
          number(0),
          number(1),
          number(2),
          number(3),
          number(4),
          number(5),
          number(6),
          number(7),
          number(15),
          number(26),
          number(29),
          number(30),
          number(31),
          number(32),
          number(70),
          number(99),
          number(-1),
          number(4097),
          number(1L << 31),
          CborValue.of(""),
          CborValue.of("F6"),
          CborValue.of("age"),
          CborValue.of("b=1;a=1"),
          CborValue.of(true),
          CborValue.of(LOW),
          CborValue.of(HIGH),
          CborValue.of(RECORD),
          DEAD,
          CAPTURE,
          list(),
          list(LOW, 0),
          list(HIGH, LOW),
          list("x", 2),
          list("x", 1),
          list(7, "", "", "", ""),
          list(5, 4, 3, 0, "A1"));

  private final Random random;

  RandomOperations(Random random) {
    this.random = random;
  }

  /** One of each form, then some that were changed in one or two places. */
  List<Operation> some(int changed) throws MalformedException {
    List<Operation> operations = new ArrayList<>();
    for (CborValue form : FORMS) {
      operations.add(decoded(form));
    }
    for (int i = 0; i < changed; i++) {
      CborValue value = mutant(FORMS.get(random.nextInt(FORMS.size())));
      operations.add(decoded(random.nextInt(3) == 0 ? mutant(value) : value));
    }
    return operations;
  }

  private CborValue mutant(CborValue value) {
    CborValue piece = PIECES.get(random.nextInt(PIECES.size()));
    if (!(value instanceof CborArray array)) {
      return piece;
    }
    List<CborValue> items = new ArrayList<>(array.items());
    int at = items.isEmpty() ? 0 : random.nextInt(items.size());
    switch (random.nextInt(8)) {
      case 0 -> items.add(at, piece);
      case 1 -> items.subList(at, Math.min(items.size(), at + 1)).clear();
      default -> {
        if (!items.isEmpty()) {
          items.set(at, random.nextBoolean() ? mutant(items.get(at)) : piece);
        }
      }
    }
    return CborValue.array(items);
  }

  private static Operation decoded(CborValue value) throws MalformedException {
    CborWriter writer = new CborWriter();
    value.write(writer);
    return Operations.decode(writer.toBytes());
  }

  private static CborValue nested(int depth) {
    CborValue value = number(1);
    for (int i = 0; i < depth; i++) {
      value = i % 2 == 0 ? list(value) : CborValue.map(Map.of(CborValue.of("k"), value));
    }
    return value;
  }

  private static CborValue flat(int items) {
    return CborValue.array(Collections.nCopies(items - 1, nul()));
  }

  /** Operations of which the one before the last has values too many for one body. */
  static List<Operation> tooManyItems() throws MalformedException {
    List<CborValue> parts = new ArrayList<>();
    for (int left = Limits.BODY_ITEMS_MAX; left > 0; left -= Limits.VALUE_ITEMS_MAX) {
      parts.add(list(1, 28, flat(Limits.VALUE_ITEMS_MAX - 1)));
    }
    parts.add(list(1, DEAD, list(1, 2, 3, 0, "A1")));
    parts.add(list(1, 29, "market"));
    return Operations.readAll(CborReader.of(CborValue.array(parts).encode()));
  }

  private static CborValue list(Object... parts) {
    List<CborValue> items = new ArrayList<>();
    for (Object part : parts) {
      if (part == null) {
        items.add(nul());
      } else if (part instanceof CborValue value) {
        items.add(value);
      } else if (part instanceof Integer number) {
        items.add(number(number));
      } else if (part instanceof Boolean truth) {
        items.add(CborValue.of(truth.booleanValue()));
      } else if (part instanceof byte[] bytes) {
        items.add(CborValue.of(bytes));
      } else {
        items.add(CborValue.of(part.toString()));
      }
    }
    return CborValue.array(items);
  }

  private static CborValue number(long value) {
    return CborValue.of(value);
  }

  private static CborValue nul() {
    return CborValue.nul();
  }

  private static byte[] filled(int size, int with) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) with);
    return bytes;
  }
}
