package dev.cairn.protocol.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.limits.Limits;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CborReaderTest {

  private static CborReader reader(String hex) throws MalformedException {
    return CborReader.of(Hex.decode(hex));
  }

  private static AbstractThrowableAssert<?, ?> assertRefused(String hex) {
    return assertThatThrownBy(
            () -> {
              CborReader reader = reader(hex);
              reader.rawItem();
              reader.end();
            })
        .isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1817",
        "1900ff",
        "1a0000ffff",
        "1b00000000ffffffff",
        "3817",
        "5801aa",
        "780161",
        "980100",
        "b8010000"
      })
  void head_longerThanNeeded_isRefused(String hex) {
    assertRefused(hex).hasMessage("number not in its shortest form at byte 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1c", "5d", "7e", "9c", "bd"})
  void head_reserved_isRefused(String hex) {
    assertRefused(hex).hasMessage("reserved head at byte 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "18", "1900", "1a000000", "1b00000000000000", "8200", "a100"})
  void input_cutShort_isRefused(String hex) {
    assertRefused(hex);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5a7fffffff00", "7a7fffffff00", "9a7fffffff00", "ba7fffffff00"})
  void length_beyondTheInput_isRefusedBeforeAnythingIsAllocated(String hex) {
    assertRefused(hex).hasMessageContaining("longer than");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5b7fffffffffffffff", "9b7fffffffffffffff", "bb7fffffffffffffff"})
  void length_beyondAnyArray_isRefused(String hex) {
    assertRefused(hex);
  }

  @Test
  void map_ofMorePairsThanBytes_isRefused() {
    assertRefused("a3010203").hasMessage("map longer than the input at byte 0");
  }

  @Test
  void item_followedByAnother_isRefusedAtTheEnd() {
    assertRefused("0000").hasMessage("trailing bytes at byte 1");
  }

  @Test
  void end_insideAContainer_isRefused() throws Exception {
    CborReader reader = reader("828100");
    reader.arrayOf(2);
    reader.arrayOf(1);
    reader.uint();
    assertThatThrownBy(reader::end).hasMessage("container ends early at byte 3");
  }

  @ParameterizedTest
  @CsvSource({
    "a201000100, 3", // repeated
    "a202000100, 3", // descending
    "a2616100616100, 4", // repeated text
    "a2616200616100, 4", // descending text
    "a262616100616200, 5", // a longer text sorts after a shorter one
    "a2616100 0100, 4", // an integer sorts before a text
    "a2181800 0100, 4" // a longer integer sorts after a shorter one
  })
  void mapKeys_outOfOrder_areRefusedWhereTheyStand(String hex, int position) {
    assertRefused(hex.replace(" ", ""))
        .hasMessage("map key out of order or repeated at byte " + position);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a12000", "a14000", "a1f400", "a1f600"})
  void mapKey_neitherUnsignedNorText_isRefused(String hex) {
    assertRefused(hex).hasMessage("map key is no unsigned integer or text at byte 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a1800000", "a1a00000"})
  void mapKey_container_isRefused(String hex) {
    assertRefused(hex).hasMessageContaining("as map key at byte 1");
  }

  @Test
  void mapKeys_orderIsAccountedPerMap_acrossNesting() throws Exception {
    CborReader reader = reader("a205a10100 06a10000".replace(" ", ""));
    assertThat(reader.rawItem()).hasSize(9);
    reader.end();
  }

  @Test
  void mapKey_readInOrder_isReturned() throws Exception {
    CborReader reader = reader("a2010a020b");
    assertThat(reader.mapHeader()).isEqualTo(2);
    assertThat(reader.mapKey()).isEqualTo(1);
    assertThat(reader.uint()).isEqualTo(10);
    assertThat(reader.mapKey()).isEqualTo(2);
    assertThat(reader.uint()).isEqualTo(11);
    reader.end();
  }

  @Test
  void mapKey_whereAValueIsDue_isAProgrammersMistake() throws Exception {
    CborReader reader = reader("a1010a");
    reader.mapHeader();
    reader.mapKey();
    assertThatThrownBy(reader::mapKey).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"81", "a100"})
  void nesting_atTheLimit_isRead(String opener) throws Exception {
    CborReader reader = reader(nested(opener, Limits.CBOR_DEPTH_MAX));
    reader.rawItem();
    reader.end();
  }

  @ParameterizedTest
  @ValueSource(strings = {"81", "a100"})
  void nesting_oneBeyondTheLimit_isRefused(String opener) {
    assertRefused(nested(opener, Limits.CBOR_DEPTH_MAX + 1))
        .hasMessageStartingWith("nesting too deep");
  }

  @Test
  void nesting_emptyContainerBeyondTheLimit_isRefused() {
    String full = nested("81", Limits.CBOR_DEPTH_MAX);
    assertRefused(full.substring(0, full.length() - 2) + "80")
        .hasMessageStartingWith("nesting too deep");
  }

  private static String nested(String opener, int depth) {
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < depth; i++) {
      hex.append(opener);
    }
    return hex.append("00").toString();
  }

  @ParameterizedTest
  @CsvSource({
    "61ff, 1", // no lead byte
    "6180, 1", // continuation alone
    "62c080, 1", // overlong, two bytes
    "62c1bf, 1",
    "63e08080, 1", // overlong, three bytes
    "63e09fbf, 1",
    "64f0808080, 1", // overlong, four bytes
    "64f08fbfbf, 1",
    "63eda080, 1", // surrogates
    "63edbfbf, 1",
    "64f4908080, 1", // beyond U+10FFFF
    "64f5808080, 1",
    "6361c328, 2", // broken continuation
    "62e282, 1", // cut inside a character
    "64f09f9841, 1"
  })
  void text_invalidUtf8_isRefusedWhereItBreaks(String hex, int position) {
    assertRefused(hex).hasMessage("invalid UTF-8 at byte " + position);
  }

  @ParameterizedTest
  @ValueSource(strings = {"61 7f", "62 c280", "62 dfbf", "63 e0a080", "63 ed9fbf", "63 ee8080"})
  void text_atTheEdgesOfTheShortForms_isRead(String hex) throws Exception {
    assertThat(reader(hex.replace(" ", "")).text(3)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"64 f0908080", "64 f48fbfbf"})
  void text_atTheEdgesOfTheLongForm_isRead(String hex) throws Exception {
    assertThat(reader(hex.replace(" ", "")).text(4)).hasSize(2);
  }

  @Test
  void text_ofTheLargestSize_isRead() throws Exception {
    assertThat(reader("62c3bc").text(2)).isEqualTo("\u00fc");
  }

  @Test
  void text_beyondTheLargestSize_isRefused() throws Exception {
    CborReader reader = reader("62c3bc");
    assertThatThrownBy(() -> reader.text(1)).hasMessage("text longer than 1 at byte 0");
  }

  @Test
  void bytes_ofTheLargestSize_areRead() throws Exception {
    assertThat(reader("420102").bytes(2)).containsExactly(1, 2);
  }

  @Test
  void bytes_beyondTheLargestSize_areRefused() throws Exception {
    CborReader reader = reader("420102");
    assertThatThrownBy(() -> reader.bytes(1)).hasMessage("byte string longer than 1 at byte 0");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void bytesExactly_ofAnotherLength_areRefused(int size) throws Exception {
    CborReader reader = reader("420102");
    assertThatThrownBy(() -> reader.bytesExactly(size)).isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void arrayOf_anotherLength_isRefused(int items) throws Exception {
    CborReader reader = reader("820102");
    assertThatThrownBy(() -> reader.arrayOf(items)).isInstanceOf(MalformedException.class);
  }

  @Test
  void arrayHeader_beyondItsBound_isRefused() throws Exception {
    CborReader reader = reader("820102");
    assertThatThrownBy(() -> reader.arrayHeader(1)).hasMessage("array longer than 1 at byte 0");
  }

  @Test
  void mapHeader_beyondItsBound_isRefused() throws Exception {
    CborReader reader = reader("a201000200");
    assertThatThrownBy(() -> reader.mapHeader(1)).hasMessage("map longer than 1 at byte 0");
  }

  @Test
  void uint_beyondItsBound_isRefused() throws Exception {
    assertThat(reader("0a").uint(10)).isEqualTo(10);
    CborReader reader = reader("0b");
    assertThatThrownBy(() -> reader.uint(10)).hasMessage("integer above 10 at byte 0");
  }

  @Test
  void uint_negative_isRefused() throws Exception {
    CborReader reader = reader("20");
    assertThatThrownBy(reader::uint).hasMessage("no unsigned integer at byte 0");
  }

  @ParameterizedTest
  @CsvSource({"00,0", "20,-1", "3b7fffffffffffffff,-9223372036854775808"})
  void integer_ofEitherSign_isRead(String hex, long value) throws Exception {
    assertThat(reader(hex).integer()).isEqualTo(value);
  }

  @Test
  void item_ofAnotherKind_isRefusedByEveryMethod() throws Exception {
    String array = "80";
    assertThatThrownBy(reader(array)::uint).isInstanceOf(MalformedException.class);
    assertThatThrownBy(reader(array)::integer).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> reader(array).bytes(9)).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> reader(array).text(9)).isInstanceOf(MalformedException.class);
    assertThatThrownBy(reader(array)::bool).isInstanceOf(MalformedException.class);
    assertThatThrownBy(reader(array)::nul).isInstanceOf(MalformedException.class);
    assertThatThrownBy(reader(array)::mapHeader).isInstanceOf(MalformedException.class);
    assertThatThrownBy(reader("00")::arrayHeader).isInstanceOf(MalformedException.class);
  }

  @Test
  void null_isSeenWithoutBeingRead() throws Exception {
    CborReader reader = reader("f6");
    assertThat(reader.nextIsNull()).isTrue();
    reader.nul();
    reader.end();
  }

  @Test
  void rawItem_insideAContainer_isItsEncodingAlone() throws Exception {
    CborReader reader = reader("8382010261610a");
    reader.arrayHeader();
    assertThat(Hex.encode(reader.rawItem())).isEqualTo("820102");
    assertThat(reader.text(1)).isEqualTo("a");
    assertThat(reader.uint()).isEqualTo(10);
    reader.end();
  }

  @Test
  void rawItem_lastOfItsContainer_closesIt() throws Exception {
    CborReader reader = reader("8181810a");
    reader.arrayHeader();
    assertThat(reader.rawItem()).hasSize(3);
    reader.end();
  }

  @Test
  void slice_ofAnArray_countsItsOwnPositions() throws Exception {
    CborReader reader = CborReader.of(Hex.decode("ffff0a1817ff"), 2, 3);
    assertThat(reader.uint()).isEqualTo(10);
    assertThat(reader.position()).isEqualTo(1);
    assertThatThrownBy(reader::uint).hasMessage("number not in its shortest form at byte 1");
  }

  @Test
  void slice_endsWhereItEnds() throws Exception {
    CborReader reader = CborReader.of(Hex.decode("420102"), 0, 2);
    assertThatThrownBy(() -> reader.bytes(9))
        .hasMessage("byte string longer than the input at byte 0");
  }

  @Test
  void slice_outsideTheArray_isAProgrammersMistake() {
    assertThatThrownBy(() -> CborReader.of(new byte[3], 2, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
