package dev.cairn.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.MemberId;
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

class OperationsTest {

  private static final Field TITLE = Field.of(KnownField.TITLE);
  private static final Field TAGS = Field.of(KnownField.TAGS);
  private static final Field DEAD = Field.of(CountKey.of(Metric.KILLED, "age=child"));

  private static byte[] filled(int size, int with) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) with);
    return bytes;
  }

  private static ChangeId change(int with) {
    return ChangeId.of(filled(ChangeId.SIZE_BYTES, with));
  }

  private static CborValue text(String value) {
    return CborValue.of(value);
  }

  private static String letters(int count) {
    char[] letters = new char[count];
    Arrays.fill(letters, 'x');
    return new String(letters);
  }

  private static Operation.Attach attach(String name) {
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

  static List<Operation> oneOfEach() {
    return Arrays.asList(
        new Operation.Assert(TITLE, text("market")),
        new Operation.Assert(DEAD, CountValue.range(1L, 3L).toValue()),
        new Operation.Assert(Field.path("weather.sky"), text("\"clear\"")),
        new Operation.Add(TAGS, Arrays.asList(text("school"), text("bread line"))),
        new Operation.Remove(TAGS, Collections.singletonList(text("school"))),
        new Operation.Note("the second shell came later"),
        new Operation.Retract(new Operation.Target.Whole(), "wrong day"),
        new Operation.Retract(new Operation.Target.OfField(TITLE), ""),
        new Operation.Retract(new Operation.Target.OfField(DEAD), ""),
        new Operation.Retract(new Operation.Target.OfNote(change(1), 4), "not mine"),
        new Operation.Decide(
            TITLE,
            Arrays.asList(change(1), change(2)),
            new Operation.Outcome.Choose(change(2)),
            "two sources"),
        new Operation.Decide(
            DEAD,
            Collections.singletonList(change(1)),
            new Operation.Outcome.Value(CountValue.range(2L, 2L).toValue()),
            "names counted"),
        new Operation.Decide(
            TITLE, Collections.emptyList(), new Operation.Outcome.KeepAll(), "both hold"),
        new Operation.UndoDecision(change(9), "new witness"),
        new Operation.Review(ReviewState.PUBLISHED),
        new Operation.Assign(MemberId.of(filled(32, 3))),
        new Operation.Assign(null),
        new Operation.Comment("call the hospital"),
        new Operation.Ask("which bridge?"),
        new Operation.Answer(change(4), "the old one"),
        attach("photo.jpg"),
        new Operation.Erase(
            change(5),
            DeviceId.of(filled(32, 4)),
            true,
            Arrays.asList(change(2), change(3)),
            Arrays.asList(TITLE, TAGS, DEAD),
            "asked by the family"),
        new Operation.Confirm(
            DeviceId.of(filled(32, 8)), 17, change(6), Collections.singletonList(change(7))));
  }

  @ParameterizedTest
  @MethodSource("oneOfEach")
  void operation_encodedAndDecoded_isTheSame(Operation operation) throws MalformedException {
    assertThat(Operations.decode(Operations.encode(operation))).isEqualTo(operation);
  }

  @ParameterizedTest
  @MethodSource("oneOfEach")
  void operation_withAnItemMore_isUnknownAndKeepsItsBytes(Operation operation)
      throws MalformedException {
    byte[] longer = Operations.encode(operation);
    longer = Arrays.copyOf(longer, longer.length + 1);
    longer[0]++;
    longer[longer.length - 1] = (byte) 0xf6;

    Operation read = Operations.decode(longer);

    assertThat(read).isInstanceOf(Operation.Unknown.class);
    assertThat(read.code()).isEqualTo(operation.code());
    assertThat(Operations.encode(read)).isEqualTo(longer);
  }

  @Test
  void list_writtenAndRead_isTheSame() throws MalformedException {
    CborWriter writer = new CborWriter();
    Operations.writeAll(oneOfEach(), writer);

    assertThat(Operations.readAll(CborReader.of(writer.toBytes()))).isEqualTo(oneOfEach());
  }

  @Test
  void list_ofUnknownBetweenKnown_keepsTheNeighbours() throws MalformedException {
    CborWriter writer = new CborWriter().array(3);
    writer.array(2).uint(4).text("first").array(2).uint(99).nul().array(2).uint(4).text("last");

    List<Operation> read = Operations.readAll(CborReader.of(writer.toBytes()));

    assertThat(read.get(0)).isEqualTo(new Operation.Note("first"));
    assertThat(read.get(1)).isInstanceOf(Operation.Unknown.class);
    assertThat(read.get(2)).isEqualTo(new Operation.Note("last"));
  }

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

  private static Operation assertion(CborWriter value) throws MalformedException {
    return Operations.decode(value.toBytes());
  }

  @Test
  void assertion_ofUnknownFieldCode_isUnknown() throws MalformedException {
    assertThat(assertion(new CborWriter().array(3).uint(1).uint(39).text("x")))
        .isInstanceOf(Operation.Unknown.class);
  }

  @Test
  void assertion_ofValueWithAnotherForm_isUnknown() throws MalformedException {
    assertThat(assertion(new CborWriter().array(3).uint(1).uint(29).uint(7)))
        .isInstanceOf(Operation.Unknown.class);
  }

  @Test
  void assertion_ofASet_isUnknown() throws MalformedException {
    assertThat(assertion(new CborWriter().array(3).uint(1).uint(26).text("x")))
        .isInstanceOf(Operation.Unknown.class);
  }

  @Test
  void add_toARegister_isUnknown() throws MalformedException {
    assertThat(assertion(new CborWriter().array(3).uint(2).uint(29).array(1).text("x")))
        .isInstanceOf(Operation.Unknown.class);
  }

  @Test
  void assertion_ofCountWithLowAboveHigh_isUnknown() throws MalformedException {
    CborWriter writer = new CborWriter().array(3).uint(1);
    CountKey.of(Metric.KILLED, "").write(writer);
    writer.array(5).uint(4).nul().uint(3).nul().nul();

    assertThat(assertion(writer)).isInstanceOf(Operation.Unknown.class);
  }

  @Test
  void assertion_ofCountWithFilterOutOfOrder_isUnknown() throws MalformedException {
    CborWriter writer = new CborWriter().array(3).uint(1);
    writer.array(5).uint(1).text("sex=man;age=child").text("").text("").text("");
    writer.array(5).uint(3).nul().uint(3).nul().nul();

    assertThat(assertion(writer)).isInstanceOf(Operation.Unknown.class);
  }

  @Test
  void decision_withChangesOutOfOrder_isUnknown() throws MalformedException {
    CborWriter writer = new CborWriter().array(6).uint(6).uint(29).array(2);
    writer.bytes(filled(32, 2)).bytes(filled(32, 1)).uint(2).nul().text("");

    assertThat(assertion(writer)).isInstanceOf(Operation.Unknown.class);
  }

  @Test
  void item_thatIsNoArray_isUnknownWithoutCode() throws MalformedException {
    Operation read = Operations.decode(new CborWriter().text("hello").toBytes());

    assertThat(read.code()).isEqualTo(-1);
  }

  @Test
  void bytes_thatAreNoCbor_areRefused() {
    assertThatThrownBy(() -> Operations.decode(new byte[] {(byte) 0x82, 1}))
        .isInstanceOf(MalformedException.class);
  }

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

  @Test
  void setElement_namedTwice_isUnknownAndCannotBeWritten() throws MalformedException {
    CborWriter writer = new CborWriter().array(3).uint(2).uint(26).array(3);
    writer.text("x").text("y").text("x");

    assertThat(assertion(writer)).isInstanceOf(Operation.Unknown.class);
    List<CborValue> twice = Arrays.asList(text("x"), text("y"), text("x"));
    assertThatThrownBy(() -> new Operation.Remove(TAGS, twice))
        .isInstanceOf(IllegalArgumentException.class);
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
    assertThat(assertion(deep(Limits.VALUE_DEPTH_MAX))).isInstanceOf(Operation.Assert.class);
    assertThat(assertion(deep(Limits.VALUE_DEPTH_MAX + 1))).isInstanceOf(Operation.Unknown.class);

    CborValue over = nested(Limits.VALUE_DEPTH_MAX + 1);
    assertThatThrownBy(() -> new Operation.Assert(Field.of(KnownField.SHAPE), over))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void decidedValue_overTheDepth_isUnknown() throws MalformedException {
    CborWriter writer = new CborWriter().array(6).uint(6).uint(70).array(0).uint(1);
    CborValue.map(Map.of(text("k"), nested(Limits.VALUE_DEPTH_MAX))).write(writer);

    assertThat(assertion(writer.text(""))).isInstanceOf(Operation.Unknown.class);
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
    assertThat(assertion(wide(Limits.VALUE_ITEMS_MAX))).isInstanceOf(Operation.Assert.class);
    assertThat(assertion(wide(Limits.VALUE_ITEMS_MAX + 1))).isInstanceOf(Operation.Unknown.class);

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
    Operation.Assert read = (Operation.Assert) assertion(writer);

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

  @Test
  void roles_areNeededForReviewOnly() {
    for (Operation operation : oneOfEach()) {
      int code = operation.code();
      boolean review = (code >= 6 && code <= 11) || code == 14 || code == 15;
      assertThat(operation.coordinatorOnly()).as("operation %d", code).isEqualTo(review);
    }
  }

  @Test
  void description_ofAnyOperation_holdsNoContent() {
    for (Operation operation : oneOfEach()) {
      assertThat(operation.toString())
          .doesNotContain("market", "clear", "school", "shell", "photo", "bridge", "family");
    }
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
