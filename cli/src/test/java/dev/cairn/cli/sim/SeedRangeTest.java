package dev.cairn.cli.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.cli.console.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SeedRangeTest {

  @Test
  void seeds_two_areFirstAndLast() {
    assertThat(SeedRange.of("3-200")).isEqualTo(new SeedRange(3, 200));
  }

  @Test
  void seed_alone_isBoth() {
    assertThat(SeedRange.of("7")).isEqualTo(new SeedRange(7, 7));
  }

  @Test
  void seeds_open_goOn() {
    assertThat(SeedRange.of("7-").ends()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "-7", "9-3", "one", "1-2-3", "1 - 2", "99999999999999999999"})
  void seeds_mistyped_areRefused(String text) {
    assertThatThrownBy(() -> SeedRange.of(text)).isInstanceOf(UsageException.class);
  }
}
