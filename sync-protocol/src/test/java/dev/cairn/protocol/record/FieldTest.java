package dev.cairn.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.limits.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldTest {

  private static String letters(int count) {
    char[] letters = new char[count];
    Arrays.fill(letters, 'x');
    return new String(letters);
  }

  private static List<Field> some() {
    List<Field> fields = new ArrayList<>();
    for (KnownField known : KnownField.values()) {
      fields.add(Field.of(known));
    }
    for (String path :
        Arrays.asList("", "a", "place.en", "=x", "tags", "killed.men", "killed[a]", "x[1]", "é")) {
      fields.add(Field.path(path));
    }
    for (Metric metric : Metric.values()) {
      fields.add(Field.of(CountKey.of(metric, "")));
      fields.add(Field.of(CountKey.of(metric, "age=child")));
      fields.add(Field.of(CountKey.of(metric, "age=adult;sex=man", "a|b\\", "2025-03", "]=")));
    }
    return fields;
  }

  @Test
  void field_writtenAndRead_isTheSame() throws MalformedException {
    for (Field field : some()) {
      assertThat(Field.read(CborReader.of(field.encode()))).isEqualTo(field);
    }
  }

  @Test
  void name_parsed_isTheSameField() {
    for (Field field : some()) {
      assertThat(FieldName.parse(field.name())).as(field.name()).isEqualTo(field);
    }
  }

  @Test
  void fields_sort_asTheirEncodings() {
    List<Field> fields = some();
    Collections.shuffle(fields, new Random(3));
    Collections.sort(fields);

    List<CborValue> encodings = new ArrayList<>();
    for (Field field : fields) {
      encodings.add(decoded(field));
    }
    assertThat(encodings).isSorted();
  }

  private static CborValue decoded(Field field) {
    try {
      return CborValue.decode(field.encode());
    } catch (MalformedException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @Test
  void path_onBothSidesOfTheLimit_isAFieldAndNot() {
    Field.path(letters(Limits.PATH_SIZE_BYTES_MAX));

    assertThatThrownBy(() -> Field.path(letters(Limits.PATH_SIZE_BYTES_MAX + 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void path_thatHasACode_isAFieldOfItsOwn() {
    assertThat(Field.path("tags")).isNotEqualTo(Field.of(KnownField.TAGS));
  }

  @Test
  void description_ofAField_saysNothingThatPeopleWrote() {
    assertThat(Field.path("secret").toString()).doesNotContain("secret");
    assertThat(Field.of(CountKey.of(Metric.KILLED, "", "secret", "", "secret")).toString())
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "age",
        "age=",
        "=child",
        "age=child;",
        "age=child;age=child",
        "sex=man;age=child",
        "Age=child",
        "age=child ",
        "age=a=b"
      })
  void filter_inAnotherFormThanItsOwn_isNoKey(String filter) {
    assertThatThrownBy(() -> new CountKey(Metric.KILLED, filter, "", "", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void filter_ofUnknownWords_isAKey() {
    assertThat(new CountKey(Metric.KILLED, "colour=9;height=tall", "", "", "").filter())
        .isEqualTo("colour=9;height=tall");
  }

  @Test
  void filter_asPeopleWriteIt_comesToItsOneForm() {
    assertThat(CountFilter.canonical(" status = civilian;age=child "))
        .isEqualTo("age=child;status=civilian");
    assertThat(CountFilter.canonical("  ")).isEqualTo(CountFilter.EVERYBODY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"colour=red", "age=old", "age", "age=child;age=adult", ";"})
  void filter_thatPeopleCannotMean_isRefused(String filter) {
    assertThatThrownBy(() -> CountFilter.canonical(filter))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void area_inTwoUnicodeForms_isOneKey() {
    assertThat(CountKey.of(Metric.KILLED, "", " Me\u0301rida ", "", ""))
        .isEqualTo(CountKey.of(Metric.KILLED, "", "M\u00e9rida", "", ""));
  }

  @Test
  void keyText_onBothSidesOfTheLimit_isAKeyAndNot() {
    String most = letters(Limits.COUNT_KEY_TEXT_SIZE_BYTES_MAX);
    CountKey.of(Metric.KILLED, "", most, most, most);

    assertThatThrownBy(() -> CountKey.of(Metric.KILLED, "", most + "x", "", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void metric_thatIsUnknown_isNoField() {
    byte[] key = new CborWriter().array(5).uint(7).text("").text("").text("").text("").toBytes();

    assertThatThrownBy(() -> Field.read(CborReader.of(key))).isInstanceOf(MalformedException.class);
  }

  @Test
  void count_onBothSidesOfTheLimit_isAValueAndNot() {
    CountValue.range(0L, Limits.COUNT_MAX);

    assertThatThrownBy(() -> CountValue.range(null, Limits.COUNT_MAX + 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CountValue.range(-1L, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void count_outOfOrder_isNoValue() {
    assertThatThrownBy(() -> CountValue.range(2L, 1L)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CountValue(2L, 1L, 3L, null, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CountValue(null, 4L, 3L, null, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"A0", "G1", "A7", "a1", "A", "A1 ", ""})
  void grade_offTheScale_isNoValue(String grade) {
    assertThatThrownBy(() -> new CountValue(1L, null, 1L, null, grade))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void countValue_writtenAndRead_isTheSame() {
    for (CountValue value :
        Arrays.asList(
            CountValue.range(null, null),
            CountValue.range(1L, 2L),
            new CountValue(1L, 2L, 3L, Qualifier.VAGUE, "F6"))) {
      assertThat(CountValue.ofValue(value.toValue())).contains(value);
    }
  }
}
