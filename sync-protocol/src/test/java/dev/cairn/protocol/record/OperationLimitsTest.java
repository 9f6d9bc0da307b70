package dev.cairn.protocol.record;

import static dev.cairn.protocol.record.SampleOperations.TAGS;
import static dev.cairn.protocol.record.SampleOperations.TITLE;
import static dev.cairn.protocol.record.SampleOperations.attach;
import static dev.cairn.protocol.record.SampleOperations.change;
import static dev.cairn.protocol.record.SampleOperations.filled;
import static dev.cairn.protocol.record.SampleOperations.letters;
import static dev.cairn.protocol.record.SampleOperations.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.limits.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How long and how many the parts of operations may be. */
class OperationLimitsTest {

  @Test
  void list_overTheLimit_isRefused() {
    CborWriter most = new CborWriter().array(Limits.OPERATIONS_MAX + 1);
    for (int i = 0; i <= Limits.OPERATIONS_MAX; i++) {
      most.nul();
    }
    assertThatThrownBy(() -> Operations.readAll(CborReader.of(most.toBytes())))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void list_atTheLimit_isRead() throws MalformedException {
    CborWriter most = new CborWriter().array(Limits.OPERATIONS_MAX);
    for (int i = 0; i < Limits.OPERATIONS_MAX; i++) {
      most.nul();
    }
    assertThat(Operations.readAll(CborReader.of(most.toBytes()))).hasSize(Limits.OPERATIONS_MAX);
  }

  @Test
  void statement_onBothSidesOfTheLimit_isWrittenAndNot() {
    Operations.encode(new Operation.Note(letters(Limits.STATEMENT_SIZE_BYTES_MAX)));

    Operation over = new Operation.Note(letters(Limits.STATEMENT_SIZE_BYTES_MAX + 1));
    assertThatThrownBy(() -> Operations.encode(over)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void reason_onBothSidesOfTheLimit_isWrittenAndNot() {
    Operations.encode(new Operation.UndoDecision(change(1), letters(Limits.REASON_SIZE_BYTES_MAX)));

    Operation over =
        new Operation.UndoDecision(change(1), letters(Limits.REASON_SIZE_BYTES_MAX + 1));
    assertThatThrownBy(() -> Operations.encode(over)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void fileName_onBothSidesOfTheLimit_isWrittenAndNot() {
    Operations.encode(attach(letters(Limits.FILE_NAME_SIZE_BYTES_MAX)));

    Operation over = attach(letters(Limits.FILE_NAME_SIZE_BYTES_MAX + 1));
    assertThatThrownBy(() -> Operations.encode(over)).isInstanceOf(IllegalArgumentException.class);
  }

  private static List<ChangeId> changes(int count) {
    List<ChangeId> changes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] id = new byte[ChangeId.SIZE_BYTES];
      id[0] = (byte) (i >> 8);
      id[1] = (byte) i;
      changes.add(ChangeId.of(id));
    }
    return changes;
  }

  private static List<Field> fields(int count) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      fields.add(Field.path("p" + i));
    }
    return fields;
  }

  private static Operation decision(int changes) {
    return new Operation.Decide(TITLE, changes(changes), new Operation.Outcome.KeepAll(), "");
  }

  private static Operation confirmation(int unopened) {
    return new Operation.Confirm(DeviceId.of(filled(32, 8)), 1, change(6), changes(unopened));
  }

  private static Operation erasure(int parents, int fields) {
    return new Operation.Erase(
        change(5), DeviceId.of(filled(32, 4)), true, changes(parents), fields(fields), "");
  }

  private static Operation capture(int entries, int nameLength, String mediaType) {
    Map<String, CborValue> capture = new HashMap<>();
    for (int i = 0; i < entries; i++) {
      capture.put(letters(nameLength - 2) + (10 + i), CborValue.nul());
    }
    AttachedFile file = attach("x").file();
    return new Operation.Attach(
        new AttachedFile(file.id(), file.key(), 1, "x", mediaType, file.sha256(), capture));
  }

  static List<Operation> atTheirLimits() {
    return Arrays.asList(
        decision(Limits.DECISION_CHANGES_MAX),
        confirmation(Limits.CONFIRMATION_UNOPENED_MAX),
        erasure(Limits.ERASED_PARENTS_MAX, 1),
        erasure(1, Limits.ERASED_FIELDS_MAX),
        capture(Limits.CAPTURE_ENTRIES_MAX, 5, "x"),
        capture(1, Limits.CAPTURE_NAME_SIZE_BYTES_MAX, "x"),
        capture(0, 5, letters(Limits.MEDIA_TYPE_SIZE_BYTES_MAX)),
        new Operation.Add(
            Field.of(KnownField.ALLEGED_PERPETRATORS), repeated(Limits.SET_ELEMENTS_MAX)));
  }

  static List<Operation> overTheirLimits() {
    return Arrays.asList(
        decision(Limits.DECISION_CHANGES_MAX + 1),
        confirmation(Limits.CONFIRMATION_UNOPENED_MAX + 1),
        erasure(Limits.ERASED_PARENTS_MAX + 1, 1),
        erasure(1, Limits.ERASED_FIELDS_MAX + 1),
        capture(Limits.CAPTURE_ENTRIES_MAX + 1, 5, "x"),
        capture(1, Limits.CAPTURE_NAME_SIZE_BYTES_MAX + 1, "x"),
        capture(0, 5, letters(Limits.MEDIA_TYPE_SIZE_BYTES_MAX + 1)));
  }

  private static List<CborValue> repeated(int times) {
    return Collections.singletonList(CborValue.array(text("x"), CborValue.of(times)));
  }

  @ParameterizedTest
  @MethodSource("atTheirLimits")
  void operation_atALimit_isKnown(Operation operation) throws MalformedException {
    assertThat(Operations.decode(Operations.encode(operation))).isEqualTo(operation);
  }

  @ParameterizedTest
  @MethodSource("overTheirLimits")
  void operation_overALimit_isNotWritten(Operation operation) {
    assertThatThrownBy(() -> Operations.encode(operation))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void repetition_outOfItsRange_isNoElement() {
    Field names = Field.of(KnownField.ALLEGED_PERPETRATORS);
    assertThatThrownBy(() -> new Operation.Add(names, repeated(Limits.SET_ELEMENTS_MAX + 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Operation.Add(names, repeated(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Operation add(int from, int count) {
    List<CborValue> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(text("t" + (from + i)));
    }
    return new Operation.Add(TAGS, values);
  }

  @Test
  void setElements_onBothSidesOfTheLimit_areWrittenAndNot() {
    Operations.encode(add(0, Limits.SET_ELEMENTS_MAX));

    Operation over = add(0, Limits.SET_ELEMENTS_MAX + 1);
    assertThatThrownBy(() -> Operations.encode(over)).isInstanceOf(IllegalArgumentException.class);
  }

  private static void writeElements(int last) throws MalformedException {
    List<Operation> operations = new ArrayList<>();
    for (int left = Limits.BODY_ELEMENTS_MAX; left > 0; left -= Limits.SET_ELEMENTS_MAX) {
      operations.add(
          add(left, Limits.SET_ELEMENTS_MAX - (left == Limits.SET_ELEMENTS_MAX ? 1 : 0)));
    }
    operations.add(new Operation.Note("n"));
    operations.add(new Operation.Remove(TAGS, ((Operation.Add) add(0, last)).values()));
    Operations.writeAll(operations, new CborWriter());
  }

  @Test
  void elementsOfABody_onBothSidesOfTheLimit_areWrittenAndNot() throws MalformedException {
    writeElements(1);

    assertThatThrownBy(() -> writeElements(2)).isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] body(int elements) {
    CborWriter writer = new CborWriter();
    int whole = elements / Limits.SET_ELEMENTS_MAX;
    int rest = elements % Limits.SET_ELEMENTS_MAX;
    writer.array(whole + (rest == 0 ? 0 : 1));
    for (int i = 0; i < whole; i++) {
      writer.raw(Operations.encode(add(0, Limits.SET_ELEMENTS_MAX)));
    }
    if (rest != 0) {
      writer.raw(Operations.encode(add(0, rest)));
    }
    return writer.toBytes();
  }

  @Test
  void elementsOfABody_onBothSidesOfTheLimit_areReadAndRefused() throws MalformedException {
    Operations.readAll(CborReader.of(body(Limits.BODY_ELEMENTS_MAX)));

    assertThatThrownBy(() -> Operations.readAll(CborReader.of(body(Limits.BODY_ELEMENTS_MAX + 1))))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void erasedParents_onBothSidesOfTheLimit_areWrittenAndNot() {
    Operations.encode(eraseWithParents(Limits.ERASED_PARENTS_MAX));

    Operation over = eraseWithParents(Limits.ERASED_PARENTS_MAX + 1);
    assertThatThrownBy(() -> Operations.encode(over)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Operation eraseWithParents(int count) {
    List<ChangeId> parents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parents.add(change(i));
    }
    return new Operation.Erase(
        change(200), DeviceId.of(filled(32, 4)), false, parents, Collections.emptyList(), "");
  }
}
