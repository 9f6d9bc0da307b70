package dev.cairn.protocol.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HexTest {

  @Test
  void everyByte_encoded_isReadBack() throws Exception {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    assertThat(Hex.encode(all)).startsWith("000102").contains("7f80").endsWith("feff");
    assertThat(Hex.decode(Hex.encode(all))).isEqualTo(all);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0A", "0g", " 0", "\uff10\uff10", "0x"})
  void text_otherThanLowerCaseDigits_isRefused(String text) {
    assertThatThrownBy(() -> Hex.decode(text)).isInstanceOf(MalformedException.class);
  }
}
