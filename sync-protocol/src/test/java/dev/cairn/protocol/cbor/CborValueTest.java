package dev.cairn.protocol.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.limits.Limits;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CborValueTest {

  @Test
  void map_givenInAnyOrder_keepsTheOrderOfItsEncodedKeys() {
    CborMap map =
        (CborMap)
            CborValue.map(
                Map.of(
                    CborValue.of("b"), CborValue.nul(),
                    CborValue.of("aa"), CborValue.nul(),
                    CborValue.of(300), CborValue.nul(),
                    CborValue.of(7), CborValue.nul()));
    assertThat(map.entries().keySet())
        .containsExactly(CborValue.of(7), CborValue.of(300), CborValue.of("b"), CborValue.of("aa"));
  }

  @Test
  void map_askedByKey_findsTheValue() {
    CborMap map =
        (CborMap)
            CborValue.map(
                Map.of(CborValue.of(1), CborValue.of(2), CborValue.of("a"), CborValue.of(3)));
    assertThat(map.get(1)).contains(CborValue.of(2));
    assertThat(map.get("a")).contains(CborValue.of(3));
    assertThat(map.get(2)).isEmpty();
  }

  @Test
  void map_withAKeyOutsideTheProfile_stops() {
    assertThatThrownBy(() -> CborValue.map(Map.of(CborValue.of(-1), CborValue.nul())))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CborValue.map(Map.of(CborValue.nul(), CborValue.nul())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void text_thatCannotBeEncoded_stops() {
    assertThatThrownBy(() -> CborValue.of("\ud800")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bytes_changedByTheirGiver_stayAsTheyWere() {
    byte[] given = {1};
    CborValue value = CborValue.of(given);
    given[0] = 2;
    assertThat(value).isEqualTo(CborValue.of(new byte[] {1}));
  }

  @Test
  void value_ofAnotherKind_isNotEqual() {
    assertThat(CborValue.of(1)).isNotEqualTo(CborValue.of(true)).isNotEqualTo(CborValue.of("1"));
    assertThat(CborValue.of("a")).isNotEqualTo(CborValue.of(new byte[] {'a'}));
  }

  @Test
  void value_builtTooDeep_stopsAtEncoding() {
    CborValue value = CborValue.nul();
    for (int i = 0; i < Limits.CBOR_DEPTH_MAX; i++) {
      value = CborValue.array(value);
    }
    assertThat(value.encode()).hasSize(Limits.CBOR_DEPTH_MAX + 1);
    assertThatThrownBy(CborValue.array(value)::encode).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void toString_ofAnyKind_tellsNoContent() {
    CborValue value =
        CborValue.map(
            Map.of(CborValue.of("Name"), CborValue.array(CborValue.of("Name"), CborValue.of(42))));
    assertThat(value.toString()).isEqualTo("map of 1");
    assertThat(CborValue.of("Name").toString()).isEqualTo("text of 4");
    assertThat(CborValue.of(42).toString()).isEqualTo("integer");
  }
}
