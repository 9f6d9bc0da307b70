package dev.cairn.protocol.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProquintTest {

  @Test
  void word_ofTheProposalsExamples_isTheirs() {
    assertThat(Proquint.word(0x7f00)).isEqualTo("lusab");
    assertThat(Proquint.word(0x0001)).isEqualTo("babad");
    assertThat(Proquint.word(0x3f54)).isEqualTo("gutih");
    assertThat(Proquint.word(0xdcc1)).isEqualTo("tugad");
  }

  @Test
  void word_ofAnyBits_isReadAsThem() throws Exception {
    for (int bits = 0; bits < 1 << 16; bits++) {
      assertThat(Proquint.parse(Proquint.word(bits))).isEqualTo(bits);
    }
  }

  @Test
  void word_inCapitals_isRead() throws Exception {
    assertThat(Proquint.parse("LuSaB")).isEqualTo(0x7f00);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "lusa", "lusabb", "lesab", "lusac", "ulsab", "lus b", "lusaİ"})
  void word_thatIsNone_isRefused(String word) {
    assertThatThrownBy(() -> Proquint.parse(word)).isInstanceOf(MalformedException.class);
  }
}
