package dev.cairn.client.casualty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.record.CountKey;
import dev.cairn.protocol.record.CountValue;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Metric;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Qualifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CasualtyWriterTest {

  private static final String EMPTY =
      "{\"code\":null,\"date\":null,\"time_of_day\":null,\"place\":{\"en\":null,\"ar\":null,"
          + "\"region\":null,\"latitude\":null,\"longitude\":null},\"killed\":{},\"injured\":{},"
          + "\"alleged_perpetrators\":[],\"method\":null,\"cause\":null,\"evidence_grade\":null,"
          + "\"attribution\":null,\"narrative_ar\":null,\"sources\":[]}";

  private static String written(Operation... operations) {
    return CasualtyWriter.write(CasualtyValues.of(Arrays.asList(operations)));
  }

  private static Operation text(KnownField field, String text) {
    return new Operation.Assert(Field.of(field), CborValue.of(text));
  }

  private static Operation json(String path, String text) {
    return new Operation.Assert(Field.path(path), CborValue.of(text));
  }

  private static Operation shape(CborValue shape) {
    return new Operation.Assert(Field.of(KnownField.SHAPE), shape);
  }

  @Test
  void record_thatSaysNothing_hasTheCommonLayout() {
    assertThat(written()).isEqualTo(EMPTY);
  }

  @Test
  void document_ofTheCommonLayoutThatSaysNothing_isStillAReport() {
    assertThat(CasualtyReaderTest.accepted(EMPTY)).hasSize(1);
  }

  @Test
  void edit_ofAnImportedDocument_standsInItsPlaceAndBehind() {
    List<Operation> operations =
        new ArrayList<>(
            CasualtyReaderTest.accepted("{\"x\":1,\"place\":null,\"method\":\"Artillery\"}"));
    operations.add(text(KnownField.METHOD, "Airstrike"));
    operations.add(text(KnownField.PLACE_EN, "Bridge"));
    operations.add(text(KnownField.TITLE, "Second shell"));

    assertThat(CasualtyWriter.write(CasualtyValues.of(operations)))
        .isEqualTo(
            "{\"x\":1,\"place\":{\"en\":\"Bridge\",\"ar\":null,\"region\":null,\"latitude\":null,"
                + "\"longitude\":null},\"method\":\"Airstrike\",\"title\":\"Second shell\"}");
  }

  @Test
  void retraction_ofAnImportedKey_leavesNull() {
    List<Operation> operations =
        new ArrayList<>(CasualtyReaderTest.accepted("{\"x\":1,\"method\":\"Artillery\"}"));
    operations.add(SetExpression.cleared(Field.of(KnownField.METHOD)));

    assertThat(CasualtyWriter.write(CasualtyValues.of(operations)))
        .isEqualTo("{\"x\":1,\"method\":null}");
  }

  @Test
  void cairn_ofAnImportedFile_isKeptInsideTheNewOne() {
    CasualtyValues values =
        CasualtyValues.of(CasualtyReaderTest.accepted("{\"cairn\":{\"record\":\"a\"}}"));

    assertThat(CasualtyWriter.write(values, "{\"record\":\"b\"}"))
        .isEqualTo("{\"cairn\":{\"record\":\"b\",\"imported\":{\"record\":\"a\"}}}");
  }

  @Test
  void cairn_thatIsNoObject_isRefused() {
    assertThatThrownBy(() -> CasualtyWriter.write(CasualtyValues.of(Collections.emptyList()), "[]"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void count_withAllItsParts_isReadBackFromItsPlace() {
    Operation stated =
        new Operation.Assert(
            Field.of(CountKey.of(Metric.KILLED, "status=civilian")),
            new CountValue(3L, 4L, 9L, Qualifier.ABOUT, "B2").toValue());

    assertThat(CasualtyReaderTest.accepted(written(stated))).containsExactly(stated);
  }

  @Test
  void count_withoutAPlaceInTheDocument_isAmongTheOthers() {
    Operation stated =
        new Operation.Assert(
            Field.of(CountKey.of(Metric.KILLED, "sex=woman", "Homs", "2025-03-12", "")),
            CountValue.range(3L, 9L).toValue());
    CasualtyValues values = CasualtyValues.of(Collections.singletonList(stated));

    assertThat(CasualtyWriter.otherCounts(values))
        .isEqualTo(
            "[{\"metric\":\"killed\",\"filter\":\"sex=woman\",\"area\":\"Homs\","
                + "\"as_of\":\"2025-03-12\",\"source\":\"\",\"min\":3,\"max\":9}]");
    assertThat(CasualtyWriter.write(values)).isEqualTo(EMPTY);
  }

  @Test
  void count_withAPlaceInTheDocument_isNotAmongTheOthers() {
    Operation stated =
        new Operation.Assert(
            Field.of(CountKey.of(Metric.INJURED, "age=child")), CountValue.range(1L, 1L).toValue());

    assertThat(CasualtyWriter.otherCounts(CasualtyValues.of(Collections.singletonList(stated))))
        .isEqualTo("[]");
  }

  @Test
  void path_whoseValueIsNoJson_isWrittenAsText() {
    assertThat(written(json("x", "{broken"))).contains("\"x\":\"{broken\"");
  }

  @Test
  void path_belowSomethingThatIsNoObject_standsBesideIt() {
    assertThat(written(text(KnownField.CODE, "a"), json("code.more", "1"), json("code", "2")))
        .startsWith("{\"code\":\"a\"")
        .endsWith("\"code.\":2,\"code.more\":1}");
  }

  @Test
  void point_thatIsNoNumber_isWrittenAsText() {
    Operation point =
        new Operation.Assert(
            Field.of(KnownField.PLACE_POINT),
            CborValue.array(CborValue.of("]}"), CborValue.of("7.10")));

    assertThat(written(point)).contains("\"latitude\":\"]}\",\"longitude\":7.10");
  }

  @Test
  void shape_thatMakesNoSense_hidesNothing() {
    CborValue keys =
        CborValue.array(
            CborValue.of(0), CborValue.of(0), CborValue.of(99), CborValue.of(-1), CborValue.nul());
    for (CborValue shape :
        Arrays.asList(
            CborValue.of(7),
            CborValue.map(Collections.singletonMap(CborValue.of(""), keys)),
            CborValue.map(Collections.singletonMap(CborValue.of(""), CborValue.nul())),
            CborValue.map(Collections.singletonMap(CborValue.of("place"), CborValue.of(1))),
            CborValue.map(Collections.singletonMap(CborValue.of("nowhere"), keys)),
            CborValue.map(Collections.singletonMap(CborValue.of(1), keys)))) {
      assertThat(written(shape(shape), text(KnownField.CODE, "a"), text(KnownField.PLACE_EN, "b")))
          .contains("\"code\":\"a\"", "\"en\":\"b\"");
    }
  }
}
