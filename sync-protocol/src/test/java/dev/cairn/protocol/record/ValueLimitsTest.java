package dev.cairn.protocol.record;

import static dev.cairn.protocol.record.SampleOperations.TITLE;
import static dev.cairn.protocol.record.SampleOperations.attach;
import static dev.cairn.protocol.record.SampleOperations.letters;
import static dev.cairn.protocol.record.SampleOperations.read;
import static dev.cairn.protocol.record.SampleOperations.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.limits.Limits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How large and how deep what operations state may be. */
class ValueLimitsTest {

  @Test
  void value_atTheLimit_isKnown() throws MalformedException {
    // a text of this length has a head of 3 bytes
    Operation most = new Operation.Assert(TITLE, text(letters(Limits.VALUE_SIZE_BYTES_MAX - 3)));

    assertThat(Operations.decode(Operations.encode(most))).isEqualTo(most);
  }

  @Test
  void value_overTheLimit_isNotWritten() {
    Operation over = new Operation.Assert(TITLE, text(letters(Limits.VALUE_SIZE_BYTES_MAX - 2)));

    assertThatThrownBy(() -> Operations.encode(over)).isInstanceOf(IllegalArgumentException.class);
  }

  private static CborValue nested(int depth) {
    CborValue value = CborValue.of(1);
    for (int i = 0; i < depth; i++) {
      value = i % 2 == 0 ? CborValue.array(value) : CborValue.map(Map.of(text("k"), value));
    }
    return value;
  }

  private static CborWriter deep(int depth) {
    CborWriter writer = new CborWriter().array(3).uint(1).uint(28);
    nested(depth).write(writer);
    return writer;
  }

  @Test
  void valueDepth_onBothSidesOfTheLimit_isKnownAndUnknown() throws MalformedException {
    assertThat(read(deep(Limits.VALUE_DEPTH_MAX))).isInstanceOf(Operation.Assert.class);
    assertThat(read(deep(Limits.VALUE_DEPTH_MAX + 1))).isInstanceOf(Operation.Unknown.class);

    CborValue over = nested(Limits.VALUE_DEPTH_MAX + 1);
    assertThatThrownBy(() -> new Operation.Assert(Field.of(KnownField.SHAPE), over))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void decidedValue_overTheDepth_isUnknown() throws MalformedException {
    CborWriter writer = new CborWriter().array(6).uint(6).uint(70).array(0).uint(1);
    CborValue.map(Map.of(text("k"), nested(Limits.VALUE_DEPTH_MAX))).write(writer);

    assertThat(read(writer.text(""))).isInstanceOf(Operation.Unknown.class);
  }

  private static Operation captured(int depth) {
    return captured(nested(depth));
  }

  private static Operation captured(CborValue value) {
    AttachedFile file = attach("x").file();
    return new Operation.Attach(
        new AttachedFile(file.id(), file.key(), 1, "x", "x", file.sha256(), Map.of("k", value)));
  }

  @Test
  void captureDepth_onBothSidesOfTheLimit_isWrittenAndNot() {
    Operations.encode(captured(Limits.VALUE_DEPTH_MAX));

    Operation over = captured(Limits.VALUE_DEPTH_MAX + 1);
    assertThatThrownBy(() -> Operations.encode(over)).isInstanceOf(IllegalArgumentException.class);
  }

  private static CborValue flat(int items) {
    return CborValue.array(Collections.nCopies(items - 1, CborValue.array()));
  }

  private static CborWriter wide(int items) {
    CborWriter writer = new CborWriter().array(3).uint(1).uint(28);
    flat(items).write(writer);
    return writer;
  }

  @Test
  void valueItems_onBothSidesOfTheLimit_areKnownAndUnknown() throws MalformedException {
    assertThat(read(wide(Limits.VALUE_ITEMS_MAX))).isInstanceOf(Operation.Assert.class);
    assertThat(read(wide(Limits.VALUE_ITEMS_MAX + 1))).isInstanceOf(Operation.Unknown.class);

    CborValue over = flat(Limits.VALUE_ITEMS_MAX + 1);
    assertThatThrownBy(() -> new Operation.Assert(Field.of(KnownField.SHAPE), over))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void valueItems_ofAMap_areItsKeysAndValues() throws MalformedException {
    CborWriter writer = new CborWriter().array(3).uint(1).uint(28);
    int keys = (Limits.VALUE_ITEMS_MAX - 1) / 2;
    writer.map(keys);
    for (int key = 0; key < keys; key++) {
      writer.uint(key).nul();
    }
    Operation.Assert read = (Operation.Assert) read(writer);

    assertThat(read.value().itemCount()).isEqualTo(1 + 2 * keys);
  }

  @Test
  void captureItems_onBothSidesOfTheLimit_areWrittenAndNot() {
    Operations.encode(captured(flat(Limits.VALUE_ITEMS_MAX)));

    Operation over = captured(flat(Limits.VALUE_ITEMS_MAX + 1));
    assertThatThrownBy(() -> Operations.encode(over)).isInstanceOf(IllegalArgumentException.class);
  }

  private static List<Operation> itemsOfABody(int last) {
    List<Operation> operations = new ArrayList<>();
    for (int left = Limits.BODY_ITEMS_MAX; left > 0; left -= Limits.VALUE_ITEMS_MAX) {
      int items = left > Limits.VALUE_ITEMS_MAX ? Limits.VALUE_ITEMS_MAX : left - 1;
      operations.add(new Operation.Assert(Field.of(KnownField.SHAPE), flat(items)));
    }
    operations.add(new Operation.Note("n"));
    operations.add(new Operation.Assert(Field.of(KnownField.SHAPE), flat(last)));
    operations.add(new Operation.Assert(TITLE, text("t")));
    return operations;
  }

  private static List<Operation> readBack(List<Operation> operations) throws MalformedException {
    CborWriter writer = new CborWriter().array(operations.size());
    operations.forEach(operation -> writer.raw(Operations.encode(operation)));
    return Operations.readAll(CborReader.of(writer.toBytes()));
  }

  @Test
  void itemsOfABody_onBothSidesOfTheLimit_areKnownAndUnknown() throws MalformedException {
    List<Operation> read = readBack(itemsOfABody(1));
    int last = read.size() - 1;

    assertThat(read.subList(0, last)).noneMatch(Operation.Unknown.class::isInstance);
    assertThat(read.get(last)).isInstanceOf(Operation.Unknown.class);
  }

  /** What is unknown counts no items, so that the neighbours of a bomb are read. */
  @Test
  void itemsOfABody_overTheLimit_leaveRoomForWhatFits() throws MalformedException {
    List<Operation> read = readBack(itemsOfABody(2));
    int last = read.size() - 1;

    assertThat(read.get(last - 1)).isInstanceOf(Operation.Unknown.class);
    assertThat(read.get(last)).isInstanceOf(Operation.Assert.class);
  }

  @Test
  void itemsOfABody_onBothSidesOfTheLimit_areWrittenAndNot() {
    List<Operation> most = itemsOfABody(1);
    Operations.writeAll(most.subList(0, most.size() - 1), new CborWriter());

    assertThatThrownBy(() -> Operations.writeAll(most, new CborWriter()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
