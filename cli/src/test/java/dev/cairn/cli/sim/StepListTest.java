package dev.cairn.cli.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.cli.console.UsageException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StepListTest {

  @Test
  void steps_typed_areRead() {
    assertThat(StepList.of("3,17,40-42")).containsExactly(3, 17, 40, 41, 42);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "3,17,40-44", "0-119", "1,3,5"})
  void steps_writtenAndRead_areTheSame(String text) {
    assertThat(StepList.text(StepList.of(text))).isEqualTo(text);
  }

  @Test
  void steps_none_areNothing() {
    assertThat(StepList.text(Set.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "1,,2", "1-", "-1", "1;2"})
  void steps_mistyped_areRefused(String text) {
    assertThatThrownBy(() -> StepList.of(text)).isInstanceOf(UsageException.class);
  }
}
