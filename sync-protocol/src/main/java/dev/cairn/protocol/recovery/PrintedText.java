package dev.cairn.protocol.recovery;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.encoding.CrockfordBase32;
import java.util.Locale;

/** What is printed and typed in again: a first line with name and version, then the rest. */
final class PrintedText {

  private static final int VERSION = 1;
  private static final int GROUP_CHARS = 4;

  private final String what;
  private final String name;

  PrintedText(String what, String name) {
    this.what = what;
    this.name = name;
  }

  /** The first line, with its break. */
  String line() {
    return name + '-' + VERSION + '\n';
  }

  String print(String... parts) {
    StringBuilder text = new StringBuilder(line());
    for (String part : parts) {
      text.append(CrockfordBase32.grouped(part, GROUP_CHARS)).append('\n');
    }
    return text.toString();
  }

  /** Whether this is what the first line names, in whatever version. */
  boolean begins(String typed) {
    return typed.trim().toUpperCase(Locale.ROOT).startsWith(name + '-');
  }

  /** The characters of base 32 after the first line, in their one spelling. */
  String parse(String typed) throws MalformedException, TooNewException {
    return CrockfordBase32.normalise(after(typed));
  }

  /** What stands after the first line. */
  String after(String typed) throws MalformedException, TooNewException {
    String text = typed.trim();
    int end = 0;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    String line = text.substring(0, end).trim().toUpperCase(Locale.ROOT);
    if (line.equals(name + '-' + VERSION)) {
      return text.substring(end);
    }
    if (line.matches(name + "-[1-9][0-9]{0,3}")) {
      throw new TooNewException(what, Long.parseLong(line.substring(name.length() + 1)), VERSION);
    }
    throw new MalformedException("no " + what);
  }
}
