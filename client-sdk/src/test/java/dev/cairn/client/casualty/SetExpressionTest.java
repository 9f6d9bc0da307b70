package dev.cairn.client.casualty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.record.CountKey;
import dev.cairn.protocol.record.CountValue;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Metric;
import dev.cairn.protocol.record.Operation;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetExpressionTest {

  private static final Field CIVILIANS = Field.of(CountKey.of(Metric.KILLED, "status=civilian"));

  private static List<Operation> add(String... expressions) throws CasualtyException {
    return SetExpression.forNew(Arrays.asList(expressions));
  }

  private static List<Operation> edit(String... expressions) throws CasualtyException {
    return SetExpression.forEdit(Arrays.asList(expressions), field -> Optional.empty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "place.en=Old bridge|\"place\":{\"en\":\"Old bridge\"",
        "place.ar=\u0627\u0644\u062c\u0633\u0631|\"ar\":\"\u0627\u0644\u062c\u0633\u0631\"",
        "narrative_en=a=b|\"narrative_en\":\"a=b\"",
        "code=|\"code\":\"\"",
        "date=2024-05/2024-06-02|\"date\":\"2024-05/2024-06-02\"",
        "verification=likely|\"verification\":\"likely\"",
        "place.precision=2|\"precision\":2",
        "place.point=36.650, -7|\"latitude\":36.650,\"longitude\":-7",
        "place.latitude=36.50|\"latitude\":36.50,\"longitude\":null",
        "killed.civilian=5|\"killed\":{\"civilian\":{\"min\":5,\"max\":5}}",
        "killed.civilian=5..7|\"killed\":{\"civilian\":{\"min\":5,\"max\":7}}",
        "injured.women=5..|\"injured\":{\"women\":{\"min\":5,\"max\":null}}",
        "killed.men=..7|\"killed\":{\"men\":{\"min\":null,\"max\":7}}",
        "killed.men.max=7|\"killed\":{\"men\":{\"min\":null,\"max\":7}}",
        "missing.children=2|\"missing\":{\"children\":{\"min\":2,\"max\":2}}",
        "alleged_perpetrators=A; B;A|\"alleged_perpetrators\":[\"A\",\"B\"]",
        "alleged_perpetrators=[\"A;B\"]|\"alleged_perpetrators\":[\"A;B\"]",
        "tags+=school|\"tags\":[\"school\"]",
        "sources=Radio;TV|\"sources\":[{\"publisher\":\"Radio\",\"language\":null",
        "sources={\"host\":\"x\"}|\"sources\":[{\"host\":\"x\"}]",
        "weather.sky=\"clear\"|\"weather\":{\"sky\":\"\\\"clear\\\"\"}",
        "place.street=7|\"street\":\"7\"",
      })
  void expression_forANewRecord_isWhatTheExportShows(String expression, String json)
      throws CasualtyException {
    assertThat(CasualtyWriter.write(CasualtyValues.of(add(expression)))).contains(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "no sign|bad-path|",
        "=x|bad-path|",
        "record=x|bad-path|record",
        "place=x|bad-path|place",
        "shape=x|bad-path|shape",
        "relation=x|bad-path|relation",
        "killed.everyone=3|bad-path|killed.everyone",
        "killed[a,b]=3|bad-path|killed[a,b]",
        "persons=abc|wrong-type|persons",
        "date=2024-02-30|impossible-date|date",
        "verification=maybe|unknown-word|verification",
        "place.precision=4|out-of-range|place.precision",
        "place.latitude=91|out-of-range|place.latitude",
        "place.longitude=NaN|not-a-number|",
        "place.longitude=north|wrong-type|place.longitude",
        "killed.civilian=some|wrong-type|killed.civilian",
        "killed.civilian=..|wrong-type|killed.civilian",
        "killed.civilian=7..5|min-above-max|killed.civilian",
        "killed.civilian=-1|negative|killed.civilian",
        "killed.civilian=1000000001|over-limit|killed.civilian",
        "killed.civilian=2.5|wrong-type|killed.civilian",
        "alleged_perpetrators=;|wrong-type|alleged_perpetrators",
        "alleged_perpetrators=[1]|wrong-type|alleged_perpetrators",
        "sources=[{\"publisher\":1}]|wrong-type|sources[0].publisher",
        "method=null|bad-path|",
      })
  void expression_thatCannotBe_isRefusedWithItsPath(String expression, String code, String path) {
    CasualtyException refused =
        catchThrowableOfType(CasualtyException.class, () -> add(expression));

    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.field()).isEqualTo(path == null ? "" : path);
  }

  @Test
  void pathSetTwice_isRefused() {
    CasualtyException refused =
        catchThrowableOfType(CasualtyException.class, () -> add("code=a", "code=b"));

    assertThat(refused.code()).isEqualTo("duplicate-key");
  }

  @Test
  void rangeSetWholeAndInPart_isRefused() {
    CasualtyException refused =
        catchThrowableOfType(
            CasualtyException.class, () -> add("killed.men=5", "killed.men.min=4"));

    assertThat(refused.code()).isEqualTo("duplicate-key");
  }

  @Test
  void bothHalvesOfAPoint_becomeOneValue() throws CasualtyException {
    assertThat(add("place.latitude=1.50", "place.longitude=2"))
        .containsExactly(
            new Operation.Assert(
                Field.of(KnownField.PLACE_POINT),
                CborValue.array(CborValue.of("1.50"), CborValue.of("2"))));
  }

  @Test
  void halfAPoint_ofASealedRecord_isRefused() {
    CasualtyException refused =
        catchThrowableOfType(CasualtyException.class, () -> edit("place.latitude=1"));

    assertThat(refused.code()).isEqualTo("bad-path");
  }

  @Test
  void halfAPoint_ofARecordThatIsOpen_isCompleted() throws CasualtyException {
    CborValue before = CborValue.array(CborValue.of("1"), CborValue.of("2.0"));

    assertThat(
            SetExpression.forEdit(
                Collections.singletonList("place.latitude=3"), field -> Optional.of(before)))
        .containsExactly(
            new Operation.Assert(
                Field.of(KnownField.PLACE_POINT),
                CborValue.array(CborValue.of("3"), CborValue.of("2.0"))));
  }

  @Test
  void halfARange_ofARecordThatIsOpen_isCompleted() throws CasualtyException {
    CborValue before = CountValue.range(2L, 9L).toValue();

    assertThat(
            SetExpression.forEdit(
                Collections.singletonList("killed.civilian.min=3"), field -> Optional.of(before)))
        .containsExactly(new Operation.Assert(CIVILIANS, CountValue.range(3L, 9L).toValue()));
  }

  @Test
  void nothing_inAnEdit_takesBackWhatWasSaid() throws CasualtyException {
    assertThat(edit("killed.civilian=null", "method=null", "tags=null", "own.path=null"))
        .extracting(operation -> ((Operation.Retract) operation).target())
        .containsExactlyInAnyOrder(
            new Operation.Target.OfField(CIVILIANS),
            new Operation.Target.OfField(Field.of(KnownField.METHOD)),
            new Operation.Target.OfField(Field.of(KnownField.TAGS)),
            new Operation.Target.OfField(Field.path("own.path")));
  }

  @Test
  void minusOnASet_takesOut() throws CasualtyException {
    assertThat(edit("tags-=school"))
        .containsExactly(
            new Operation.Remove(
                Field.of(KnownField.TAGS), Collections.singletonList(CborValue.of("school"))));
  }

  @Test
  void countByItsFullName_isStated() throws CasualtyException {
    assertThat(add("killed[sex=man;status=civilian|Homs|2024-05-01|SOHR]=3..4"))
        .containsExactly(
            new Operation.Assert(
                Field.of(
                    CountKey.of(
                        Metric.KILLED, "status=civilian;sex=man", "Homs", "2024-05-01", "SOHR")),
                CountValue.range(3L, 4L).toValue()));
  }

  @Test
  void textOverTheLimit_isRefused() {
    char[] letters = new char[70_000];
    Arrays.fill(letters, 'x');
    CasualtyException refused =
        catchThrowableOfType(
            CasualtyException.class, () -> add("narrative=" + new String(letters)));

    assertThat(refused.code()).isEqualTo("over-limit");
  }
}
