package dev.cairn.cli.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command cannot be run as it was given: exit 2. */
public final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;
  private final String where;
  private final transient ObjectNode shown = Output.object();

  /**
   * Says what is wrong and where.
   *
   * @param code the stable code
   * @param where the option or argument
   */
  public UsageException(String code, String message, String where) {
    super(message);
    this.code = code;
    this.where = where;
  }

  /** A word that is none of a closed list: names them all. */
  public static UsageException noSuch(
      String kind, String word, Stream<String> words, String where) {
    return new UsageException(
        "usage",
        "no such " + kind + ": " + word + "; there are " + words.collect(Collectors.joining(", ")),
        where);
  }

  /**
   * What {@code --json} shows beside the error.
   *
   * @return to be filled
   */
  public ObjectNode shown() {
    return shown;
  }

  String code() {
    return code;
  }

  String where() {
    return where;
  }
}
