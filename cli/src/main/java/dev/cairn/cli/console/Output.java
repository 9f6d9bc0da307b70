package dev.cairn.cli.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command prints: the result on stdout, everything else on stderr, both UTF-8. A command
 * prints one result, either for people or as one JSON document.
 */
public final class Output {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintStream out;
  private final PrintStream err;

  /** To given streams. */
  public Output(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** To this process's own. */
  public static Output standard() {
    return new Output(
        new PrintStream(System.out, true, StandardCharsets.UTF_8),
        new PrintStream(System.err, true, StandardCharsets.UTF_8));
  }

  /** A new JSON object to fill. */
  public static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** Prints the result as one JSON document on one line. */
  public void json(Object document) {
    try {
      out.println(JSON.writeValueAsString(document));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result that is no JSON", e);
    }
  }

  /** Prints a line of the result. */
  public void line(String text) {
    out.println(text);
  }

  /** Prints a message or progress. */
  public void say(String text) {
    err.println(text);
  }

  /** Prints a failure the way the caller asked for. */
  void error(boolean json, String code, String message, String where) {
    if (json) {
      ObjectNode document = object();
      document.putObject("error").put("code", code).put("message", message).put("where", where);
      json(document);
    } else {
      say("cairn: " + message + (where.isEmpty() ? "" : " (" + where + ")") + " [" + code + "]");
    }
  }
}
