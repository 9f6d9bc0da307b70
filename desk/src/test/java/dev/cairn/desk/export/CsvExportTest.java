package dev.cairn.desk.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvExportTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "=1+1, '=1+1",
        "+cmd, '+cmd",
        "@SUM(A1), '@SUM(A1)",
        "-2+3, '-2+3",
        "`  =1+1`, `'  =1+1`",
        "`\u00a0=1+1`, `'\u00a0=1+1`",
        "`\n=1+1`, `\"'\n=1+1\"`",
        "＝1+1, '＝1+1",
        "＠SUM(A1), '＠SUM(A1)",
        "-33.5, -33.5",
        "36.6500, 36.6500",
        "plain, plain",
        "`a,b`, `\"a,b\"`",
        "`say \"no\"`, `\"say \"\"no\"\"\"`",
        "بانياس, بانياس"
      })
  void cell_isHarmlessAndQuoted(String text, String cell) {
    assertThat(CsvExport.cell(text)).isEqualTo(cell);
  }
}
