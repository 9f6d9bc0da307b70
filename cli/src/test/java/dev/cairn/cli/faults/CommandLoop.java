package dev.cairn.cli.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.cairn.cli.CairnProcess;
import dev.cairn.cli.CommandRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A process that runs one command after another, each as it is told: what a start costs is paid
 * once, and every command's own files are opened and closed as always.
 */
final class CommandLoop implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final Writer commands;
  private final BufferedReader results;

  CommandLoop() throws IOException {
    process =
        new ProcessBuilder(CairnProcess.words(CommandLoop.class))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    commands = process.outputWriter(StandardCharsets.UTF_8);
    results =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Reads commands and prints how each ended. */
  public static void main(String[] none) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      CommandRun run = CommandRun.of(JSON.readValue(line, String[].class));
      ArrayNode result = JSON.createArrayNode();
      System.out.println(result.add(run.exit()).add(run.stdout()).add(run.stderr()));
    }
    System.exit(0);
  }

  long pid() {
    return process.pid();
  }

  /** Runs one. */
  CommandRun run(List<String> words) throws IOException {
    commands.write(JSON.writeValueAsString(words) + "\n");
    commands.flush();
    String line = results.readLine();
    if (line == null) {
      throw new AssertionError("the process that runs commands has ended");
    }
    JsonNode result = JSON.readTree(line);
    return new CommandRun(result.path(0).asInt(), result.path(1).asText(), result.path(2).asText());
  }

  @Override
  public void close() throws IOException {
    commands.close();
    Strace.end(process);
  }
}
