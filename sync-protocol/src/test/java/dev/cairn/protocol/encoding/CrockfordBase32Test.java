package dev.cairn.protocol.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CrockfordBase32Test {

  @Test
  void encode_fillsTheLastCharacterWithZeros() {
    assertThat(CrockfordBase32.encode(new byte[] {(byte) 0xff})).isEqualTo("ZW");
    assertThat(CrockfordBase32.encode(new byte[] {0, 1, 2, 3, 4})).isEqualTo("000G40R4");
    assertThat(CrockfordBase32.encode(new byte[0])).isEmpty();
  }

  @Test
  void bytes_ofAnyLength_comeBack() throws Exception {
    Random random = new Random(37);
    for (int size = 0; size < 70; size++) {
      byte[] bytes = new byte[size];
      random.nextBytes(bytes);
      String text = CrockfordBase32.encode(bytes);

      assertThat(text).hasSize(CrockfordBase32.length(size));
      assertThat(CrockfordBase32.decode(text, size)).isEqualTo(bytes);
    }
  }

  @Test
  void decode_forgivesWhatEyesAndEarsConfuse() throws Exception {
    byte[] bytes = CrockfordBase32.decode("0011 ABCD", 5);

    assertThat(CrockfordBase32.decode("oOi l-ab\ncd", 5)).isEqualTo(bytes);
  }

  @Test
  void decode_ofTheLetterU_isMalformed() {
    assertThatThrownBy(() -> CrockfordBase32.decode("0011ABCU", 5))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void decode_ofACharacterTooFewOrTooMany_isMalformed() {
    assertThatThrownBy(() -> CrockfordBase32.decode("0011ABC", 5))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> CrockfordBase32.decode("0011ABCDE", 5))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void decode_ofASecondSpelling_isMalformed() {
    assertThatThrownBy(() -> CrockfordBase32.decode("ZX", 1))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void grouped_setsHyphensBetweenGroups() {
    assertThat(CrockfordBase32.grouped("ABCDEFGHJ", 4)).isEqualTo("ABCD-EFGH-J");
  }
}
