package dev.cairn.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class OutputTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
  private final Output output = new Output(stream, stream);

  @Test
  void line_arabicText_isPrintedAsItIs() {
    output.line("بانياس");
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo("بانياس\n");
  }

  @Test
  void line_escapeSequence_steersNoTerminal() {
    output.line("\u001b[2Jgone");
    assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain("\u001b");
  }

  @Test
  void json_document_isOneLine() {
    output.json(Output.object().put("text", "two\nlines"));
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo("{\"text\":\"two\\nlines\"}\n");
  }
}
