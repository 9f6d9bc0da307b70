package dev.cairn.protocol.record;

import static dev.cairn.protocol.record.SampleOperations.DEAD;
import static dev.cairn.protocol.record.SampleOperations.TAGS;
import static dev.cairn.protocol.record.SampleOperations.TITLE;
import static dev.cairn.protocol.record.SampleOperations.attach;
import static dev.cairn.protocol.record.SampleOperations.change;
import static dev.cairn.protocol.record.SampleOperations.filled;
import static dev.cairn.protocol.record.SampleOperations.read;
import static dev.cairn.protocol.record.SampleOperations.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.MemberId;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OperationsTest {

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
  void assertion_ofUnknownFieldCode_isUnknown() throws MalformedException {
    assertThat(read(new CborWriter().array(3).uint(1).uint(39).text("x")))
        .isInstanceOf(Operation.Unknown.class);
  }

  @Test
  void assertion_ofValueWithAnotherForm_isUnknown() throws MalformedException {
    assertThat(read(new CborWriter().array(3).uint(1).uint(29).uint(7)))
        .isInstanceOf(Operation.Unknown.class);
  }

  @Test
  void assertion_ofASet_isUnknown() throws MalformedException {
    assertThat(read(new CborWriter().array(3).uint(1).uint(26).text("x")))
        .isInstanceOf(Operation.Unknown.class);
  }

  @Test
  void add_toARegister_isUnknown() throws MalformedException {
    assertThat(read(new CborWriter().array(3).uint(2).uint(29).array(1).text("x")))
        .isInstanceOf(Operation.Unknown.class);
  }

  @Test
  void assertion_ofCountWithLowAboveHigh_isUnknown() throws MalformedException {
    CborWriter writer = new CborWriter().array(3).uint(1);
    CountKey.of(Metric.KILLED, "").write(writer);
    writer.array(5).uint(4).nul().uint(3).nul().nul();

    assertThat(read(writer)).isInstanceOf(Operation.Unknown.class);
  }

  @Test
  void assertion_ofCountWithFilterOutOfOrder_isUnknown() throws MalformedException {
    CborWriter writer = new CborWriter().array(3).uint(1);
    writer.array(5).uint(1).text("sex=man;age=child").text("").text("").text("");
    writer.array(5).uint(3).nul().uint(3).nul().nul();

    assertThat(read(writer)).isInstanceOf(Operation.Unknown.class);
  }

  @Test
  void decision_withChangesOutOfOrder_isUnknown() throws MalformedException {
    CborWriter writer = new CborWriter().array(6).uint(6).uint(29).array(2);
    writer.bytes(filled(32, 2)).bytes(filled(32, 1)).uint(2).nul().text("");

    assertThat(read(writer)).isInstanceOf(Operation.Unknown.class);
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
  void setElement_namedTwice_isUnknownAndCannotBeWritten() throws MalformedException {
    CborWriter writer = new CborWriter().array(3).uint(2).uint(26).array(3);
    writer.text("x").text("y").text("x");

    assertThat(read(writer)).isInstanceOf(Operation.Unknown.class);
    List<CborValue> twice = Arrays.asList(text("x"), text("y"), text("x"));
    assertThatThrownBy(() -> new Operation.Remove(TAGS, twice))
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
}
