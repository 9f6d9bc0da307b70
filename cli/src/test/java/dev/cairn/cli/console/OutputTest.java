package dev.cairn.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

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

  private static PrintStream full() {
    return new PrintStream(
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        },
        true,
        StandardCharsets.UTF_8);
  }

  @Test
  void result_thatNobodyGets_isNoSuccess() {
    Output lost = new Output(full(), stream);
    assertThatThrownBy(() -> lost.line("a code that is told once"))
        .isInstanceOf(ResultLostException.class);
    assertThatThrownBy(() -> lost.json(Output.object())).isInstanceOf(ResultLostException.class);
    int exit =
        new CommandLine(new Told(lost)).setExecutionExceptionHandler(new Failures(lost)).execute();
    assertThat(exit).isEqualTo(1);
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("output.lost");
  }

  /** A command that tells something. */
  @Command(name = "told")
  private static final class Told implements Callable<Integer> {
    private final Output output;

    Told(Output output) {
      this.output = output;
    }

    @Override
    public Integer call() {
      output.line("a code that is told once");
      return 0;
    }
  }
}
