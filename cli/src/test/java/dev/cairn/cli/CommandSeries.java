package dev.cairn.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Commands that one process runs one after another, where only it can: most of what a process costs
 * is its start.
 */
final class CommandSeries {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NEXT = ";";

  private final Map<String, String[]> commands = new LinkedHashMap<>();

  /** Adds a command under a name. */
  CommandSeries then(String name, String... words) {
    commands.put(name, words);
    return this;
  }

  /** What to give to {@link #main}. */
  String[] words() {
    List<String> words = new ArrayList<>();
    for (String[] command : commands.values()) {
      words.addAll(List.of(command));
      words.add(NEXT);
    }
    return words.toArray(new String[0]);
  }

  /** Runs them, and prints how each ended. */
  public static void main(String[] words) throws Exception {
    ArrayNode runs = JSON.createArrayNode();
    List<String> command = new ArrayList<>();
    for (String word : words) {
      if (!word.equals(NEXT)) {
        command.add(word);
        continue;
      }
      CommandRun run = CommandRun.of(command.toArray(new String[0]));
      runs.addArray().add(run.exit()).add(run.stdout()).add(run.stderr());
      command.clear();
    }
    System.out.println(JSON.writeValueAsString(runs));
    System.exit(0);
  }

  /** How each ended, of the process that ran them. */
  Map<String, CommandRun> runs(CommandRun process) throws JsonProcessingException {
    if (process.exit() != 0) {
      throw new AssertionError("the commands were not run: " + process.stderr());
    }
    JsonNode ended = JSON.readTree(process.stdout());
    Map<String, CommandRun> runs = new LinkedHashMap<>();
    for (String name : commands.keySet()) {
      JsonNode run = ended.path(runs.size());
      runs.put(
          name, new CommandRun(run.path(0).asInt(), run.path(1).asText(), run.path(2).asText()));
    }
    return runs;
  }
}
