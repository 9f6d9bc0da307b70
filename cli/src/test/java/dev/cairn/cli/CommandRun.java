package dev.cairn.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.store.ManyCommands;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** A command run in this process: how it ended and what it printed. */
public record CommandRun(int exit, String stdout, String stderr) {

  private static final ObjectMapper STRICT =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  public static CommandRun of(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Output output = output(out, err);
    CommandLine command = Main.commandLine(output, arguments);
    int exit =
        Main.guarded(
            output, () -> ManyCommands.rememberingKeys(command).execute(arguments), arguments);
    return new CommandRun(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  static Output output(ByteArrayOutputStream out, ByteArrayOutputStream err) {
    return new Output(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  /** The one JSON document on stdout; fails if there is none or more than one. */
  public JsonNode json() {
    try {
      return STRICT.readTree(stdout);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not one JSON document: " + stdout + stderr, e);
    }
  }

  /** The code of the error that is the one JSON document. */
  public String errorCode() {
    return json().path("error").path("code").asText();
  }
}
