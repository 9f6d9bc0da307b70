package dev.cairn.protocol.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdTest {

  static Stream<Arguments> kinds() {
    return Stream.of(
        kind(SpaceId::of, 32),
        kind(DeviceId::of, 32),
        kind(MemberId::of, 32),
        kind(ChangeId::of, 32),
        kind(StatementId::of, 32),
        kind(EpochId::of, 32),
        kind(SessionId::of, 32),
        kind(CircleId::of, 16),
        kind(RecordId::of, 16),
        kind(AttachmentId::of, 32));
  }

  private static Arguments kind(Function<byte[], FixedBytes> of, int sizeBytes) {
    return Arguments.of(of, sizeBytes);
  }

  private static byte[] filled(int sizeBytes, int last) {
    byte[] bytes = new byte[sizeBytes];
    bytes[sizeBytes - 1] = (byte) last;
    return bytes;
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void id_ofItsLength_givesItsBytesBack(Function<byte[], FixedBytes> of, int sizeBytes) {
    assertThat(of.apply(filled(sizeBytes, 5)).bytes()).isEqualTo(filled(sizeBytes, 5));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void id_ofAnotherLength_stops(Function<byte[], FixedBytes> of, int sizeBytes) {
    assertThatThrownBy(() -> of.apply(new byte[sizeBytes - 1]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> of.apply(new byte[sizeBytes + 1]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void ids_ofEqualBytes_areEqual(Function<byte[], FixedBytes> of, int sizeBytes) {
    assertThat(of.apply(filled(sizeBytes, 5)))
        .isEqualTo(of.apply(filled(sizeBytes, 5)))
        .hasSameHashCodeAs(of.apply(filled(sizeBytes, 5)))
        .isNotEqualTo(of.apply(filled(sizeBytes, 6)));
  }

  @Test
  void ids_ofDifferentKinds_areNeverEqual() {
    assertThat(ChangeId.of(new byte[32])).isNotEqualTo(StatementId.of(new byte[32]));
  }

  @Test
  void id_printed_isReadBack() throws Exception {
    CircleId circle = CircleId.of(filled(16, 0xab));
    assertThat(circle).hasToString("000000000000000000000000000000ab");
    assertThat(CircleId.parse(circle.toString())).isEqualTo(circle);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "000000000000000000000000000000",
        "00000000000000000000000000000000ab",
        "000000000000000000000000000000AB",
        "000000000000000000000000000000zz"
      })
  void text_otherThanTheOneSpelling_isRefused(String text) {
    assertThatThrownBy(() -> CircleId.parse(text)).isInstanceOf(MalformedException.class);
  }

  @Test
  void ids_sort_asUnsignedBytes() {
    CircleId low = CircleId.of(filled(16, 0x7f));
    CircleId high = CircleId.of(filled(16, 0x80));
    assertThat(List.of(high, low).stream().sorted()).containsExactly(low, high);
  }

  @Test
  void id_whoseSourceOrCopyChanges_staysAsItWas() {
    byte[] source = filled(16, 1);
    CircleId id = CircleId.of(source);
    source[0] = 9;
    id.bytes()[0] = 9;
    assertThat(id).isEqualTo(CircleId.of(filled(16, 1)));
  }
}
