package dev.cairn.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LifetimeTest {

  @ParameterizedTest
  @CsvSource({"45m, 2700", "24h, 86400", "7d, 604800", "2w, 1209600"})
  void seconds_ofANumberAndAUnit_areCounted(String text, long seconds) {
    assertThat(Lifetime.seconds(text, "--expires")).isEqualTo(seconds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "d", "0d", "-1d", "1.5h", "1234567d", "7 d"})
  void seconds_ofAnythingElse_areRefused(String text) {
    assertThatThrownBy(() -> Lifetime.seconds(text, "--expires"))
        .isInstanceOf(UsageException.class);
  }

  @Test
  void seconds_inCapitals_areTheSame() {
    assertThat(Lifetime.seconds("7D", "--expires")).isEqualTo(604_800);
  }
}
