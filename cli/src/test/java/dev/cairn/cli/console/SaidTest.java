package dev.cairn.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class SaidTest {

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n", "\u2003", "\u00a0", "\u200b\u200f"})
  void convert_nothingSaid_isRefused(String text) {
    assertThatThrownBy(() -> new Said().convert(text)).isInstanceOf(TypeConversionException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", " x ", "رأيت"})
  void convert_words_areKeptAsTheyAre(String text) {
    assertThat(new Said().convert(text)).isEqualTo(text);
  }

  @Test
  void convert_aMarkWithoutLetters_isKept() {
    assertThat(new Said().convert("?")).isEqualTo("?");
  }
}
