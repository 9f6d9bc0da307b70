package dev.cairn.cli.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

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

  /** A new JSON list to fill. */
  public static ArrayNode array() {
    return JSON.createArrayNode();
  }

  /** Prints the result as one JSON document on one line. */
  public void json(Object document) {
    result(oneLine(document));
  }

  private static String oneLine(Object document) {
    try {
      return JSON.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result that is no JSON", e);
    }
  }

  /** Prints a line of the result. */
  public void line(String text) {
    result(harmless(text));
  }

  /** A result that nobody gets must not look like a success: some of it cannot be had again. */
  private void result(String text) {
    out.println(text);
    if (out.checkError()) {
      throw new ResultLostException();
    }
  }

  /** Prints a message or progress. */
  public void say(String text) {
    err.println(harmless(text));
  }

  /** Prints a picture that this program drew, with what steers the terminal in it. */
  public void draw(List<String> lines) {
    lines.forEach(err::println);
  }

  /**
   * Whether a terminal may be told which colours to show. From Java 22 on a console is there even
   * without one: then the user, who asked for the picture, is believed.
   */
  @SuppressWarnings("SystemConsoleNull")
  public static boolean mayColour() {
    String unwanted = System.getenv("NO_COLOR");
    return System.console() != null && (unwanted == null || unwanted.isEmpty());
  }

  /** What people reported, or called themselves, must not steer the terminal of who reads it. */
  private static String harmless(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      shown.append(Character.isISOControl(c) && c != '\n' && c != '\t' ? '\uFFFD' : c);
    }
    return shown.toString();
  }

  /** Prints a failure the way the caller asked for. */
  void error(boolean json, String code, String message, String where) {
    error(json, code, message, where, object());
  }

  /**
   * The same with more.
   *
   * @param shown what stands beside the error in a document
   */
  void error(boolean json, String code, String message, String where, ObjectNode shown) {
    if (json) {
      ObjectNode document = object();
      document.putObject("error").put("code", code).put("message", message).put("where", where);
      document.setAll(shown);
      out.println(oneLine(document));
    }
    if (!json || out.checkError()) {
      say("cairn: " + message + (where.isEmpty() ? "" : " (" + where + ")") + " [" + code + "]");
    }
  }
}
