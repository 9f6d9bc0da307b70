package dev.cairn.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.limits.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogOriginTest {

  @Test
  void parse_everyAllowedCharacter_isAccepted() throws MalformedException {
    String text = "abcdefghijklmnopqrstuvwxyz0123456789./-";
    assertThat(LogOrigin.parse(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Example.com", "a b", "a+b", "a\n", "a_b", "a:443", "\u0430.com", "a\u0000"})
  void parse_anythingElse_isRefused(String text) {
    assertThatThrownBy(() -> LogOrigin.parse(text)).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> new LogOrigin(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void parse_longest_isAccepted() throws MalformedException {
    String longest = "x".repeat(Limits.LOG_ORIGIN_CHARS_MAX);
    assertThat(LogOrigin.parse(longest).text()).isEqualTo(longest);
  }

  @Test
  void parse_oneLonger_isRefused() {
    String longer = "x".repeat(Limits.LOG_ORIGIN_CHARS_MAX + 1);
    assertThatThrownBy(() -> LogOrigin.parse(longer)).isInstanceOf(MalformedException.class);
  }
}
