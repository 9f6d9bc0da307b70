package dev.cairn.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogKeyTest {
  /** The example of c2sp.org/signed-note, section "Verifier keys". */
  private static final String C2SP_VKEY =
      "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

  @ParameterizedTest
  @ValueSource(strings = {C2SP_VKEY, TestLog.VKEY})
  void parse_publishedKey_isWrittenBackTheSame(String vkey) throws MalformedException {
    assertThat(LogKey.parse(vkey).vkey()).isEqualTo(vkey);
  }

  @Test
  void keyId_ofPublishedKey_isThePublishedOne() throws MalformedException {
    assertThat(LogKey.parse(C2SP_VKEY).keyId()).isEqualTo(0x530d903a);
  }

  @Test
  void vkey_ofPublishedSeed_isThePublishedOne() {
    assertThat(TestLog.key().vkey()).isEqualTo(TestLog.VKEY);
  }

  @Test
  void parse_anyCharacterChanged_isRefused() {
    for (int i = 0; i < C2SP_VKEY.length(); i++) {
      char[] changed = C2SP_VKEY.toCharArray();
      changed[i]++;
      assertThatThrownBy(() -> LogKey.parse(new String(changed)))
          .as("character %s", i)
          .isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void parse_anyPrefix_isRefused() {
    for (int end = 0; end < C2SP_VKEY.length(); end++) {
      String prefix = C2SP_VKEY.substring(0, end);
      assertThatThrownBy(() -> LogKey.parse(prefix)).isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void parse_keyIdInCapitals_isRefused() {
    String capitals = C2SP_VKEY.replace("530d903a", "530D903A");
    assertThatThrownBy(() -> LogKey.parse(capitals)).isInstanceOf(MalformedException.class);
  }
}
