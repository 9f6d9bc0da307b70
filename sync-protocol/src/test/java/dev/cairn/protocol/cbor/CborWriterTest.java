package dev.cairn.protocol.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.limits.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CborWriterTest {

  @ParameterizedTest
  @CsvSource({
    "0, 00",
    "23, 17",
    "24, 1818",
    "255, 18ff",
    "256, 190100",
    "65535, 19ffff",
    "65536, 1a00010000",
    "4294967295, 1affffffff",
    "4294967296, 1b0000000100000000",
    "9223372036854775807, 1b7fffffffffffffff",
    "-1, 20",
    "-24, 37",
    "-25, 3818",
    "-9223372036854775808, 3b7fffffffffffffff"
  })
  void integer_atTheEdgesOfEachForm_isWrittenInTheShortest(long value, String hex) {
    assertThat(Hex.encode(new CborWriter().integer(value).toBytes())).isEqualTo(hex);
  }

  @Test
  void containers_nested_areWritten() {
    byte[] bytes =
        new CborWriter()
            .map(2)
            .uint(1)
            .array(2)
            .bool(true)
            .nul()
            .text("a")
            .bytes(new byte[] {7})
            .toBytes();
    assertThat(Hex.encode(bytes)).isEqualTo("a20182f5f661614107");
  }

  @Test
  void container_waitingForItems_stopsToBytes() {
    CborWriter writer = new CborWriter().array(2).uint(1);
    assertThatThrownBy(writer::toBytes).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void mapKey_repeated_stops() {
    CborWriter writer = new CborWriter().map(2).uint(1).uint(0);
    assertThatThrownBy(() -> writer.uint(1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void mapKey_descending_stops() {
    CborWriter writer = new CborWriter().map(2).text("b").uint(0);
    assertThatThrownBy(() -> writer.text("a")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void mapKey_negative_stops() {
    CborWriter writer = new CborWriter().map(1);
    assertThatThrownBy(() -> writer.integer(-1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void mapKey_container_stops() {
    CborWriter writer = new CborWriter().map(1);
    assertThatThrownBy(() -> writer.array(0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void uint_negative_stops() {
    CborWriter writer = new CborWriter();
    assertThatThrownBy(() -> writer.uint(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"high, a\ud83d", "low, \ude00a", "swapped, \ude00\ud83d"})
  void text_withAnUnpairedSurrogate_stops(String which, String text) {
    CborWriter writer = new CborWriter();
    assertThatThrownBy(() -> writer.text(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nesting_atTheLimit_isWritten() {
    CborWriter writer = new CborWriter();
    for (int i = 0; i < Limits.CBOR_DEPTH_MAX; i++) {
      writer.array(1);
    }
    assertThat(writer.nul().toBytes()).hasSize(Limits.CBOR_DEPTH_MAX + 1);
  }

  @Test
  void nesting_oneBeyondTheLimit_stops() {
    CborWriter writer = new CborWriter();
    for (int i = 0; i < Limits.CBOR_DEPTH_MAX; i++) {
      writer.array(1);
    }
    assertThatThrownBy(() -> writer.array(0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void raw_oneItem_isWrittenAsItIs() throws Exception {
    byte[] bytes = new CborWriter().array(2).raw(Hex.decode("820102")).uint(3).toBytes();
    assertThat(Hex.encode(bytes)).isEqualTo("8282010203");
  }

  @ParameterizedTest
  @CsvSource({"0000", "1817", "f7", "''"})
  void raw_anythingButOneItem_stops(String hex) throws Exception {
    byte[] item = Hex.decode(hex);
    CborWriter writer = new CborWriter();
    assertThatThrownBy(() -> writer.raw(item)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void raw_thatWouldNestTooDeep_stops() {
    CborWriter inner = new CborWriter();
    for (int i = 0; i < Limits.CBOR_DEPTH_MAX; i++) {
      inner.array(1);
    }
    byte[] item = inner.nul().toBytes();
    CborWriter writer = new CborWriter().array(1);
    assertThatThrownBy(() -> writer.raw(item)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void longContent_growsTheBuffer() {
    byte[] content = new byte[100_000];
    assertThat(new CborWriter().array(2).bytes(content).bytes(content).toBytes())
        .hasSize(1 + 2 * (5 + content.length));
  }
}
