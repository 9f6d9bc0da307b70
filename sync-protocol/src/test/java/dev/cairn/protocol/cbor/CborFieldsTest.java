package dev.cairn.protocol.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import org.junit.jupiter.api.Test;

class CborFieldsTest {

  private static CborReader map(int... keys) {
    CborWriter writer = new CborWriter().map(keys.length);
    for (int key : keys) {
      writer.uint(key).uint(10L * key);
    }
    return CborReader.of(writer.toBytes());
  }

  @Test
  void fields_allThere_areRead() throws Exception {
    CborReader reader = map(1, 2);
    CborFields fields = new CborFields(reader, "test", 2);

    assertThat(fields.value(1).uint()).isEqualTo(10);
    assertThat(fields.has(2)).isTrue();
    assertThat(reader.uint()).isEqualTo(20);
    fields.end();
    reader.end();
  }

  @Test
  void field_thatMayBeMissing_isSkipped() throws Exception {
    CborFields fields = new CborFields(map(1, 3), "test", 3);
    fields.value(1).uint();

    assertThat(fields.has(2)).isFalse();
    assertThat(fields.value(3).uint()).isEqualTo(30);
    fields.end();
  }

  @Test
  void field_missingAtTheEnd_isMalformed() throws Exception {
    CborFields fields = new CborFields(map(1), "test", 2);
    fields.value(1).uint();

    assertThatThrownBy(() -> fields.value(2))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("test: field 2 is missing");
  }

  @Test
  void field_foreignInTheMiddle_isMalformed() throws Exception {
    CborFields fields = new CborFields(map(1, 2, 3), "test", 3);
    fields.value(1).uint();

    assertThatThrownBy(() -> fields.value(3)).isInstanceOf(MalformedException.class);
  }

  @Test
  void field_foreignAtTheEnd_isMalformed() throws Exception {
    CborFields fields = new CborFields(map(1, 4), "test", 3);
    fields.value(1).uint();

    assertThatThrownBy(fields::end).isInstanceOf(MalformedException.class);
  }

  @Test
  void field_foreignAtTheEndAndAskedAbout_isMalformed() throws Exception {
    CborFields fields = new CborFields(map(1, 4), "test", 3);
    fields.value(1).uint();
    assertThat(fields.has(2)).isFalse();

    assertThatThrownBy(fields::end).isInstanceOf(MalformedException.class);
  }

  @Test
  void fields_moreThanTheMost_areMalformed() {
    assertThatThrownBy(() -> new CborFields(map(1, 2, 3), "test", 2))
        .isInstanceOf(MalformedException.class);
  }
}
