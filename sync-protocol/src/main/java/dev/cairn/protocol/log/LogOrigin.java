package dev.cairn.protocol.log;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.limits.Limits;

/**
 * The name of a log, which is the first line of its checkpoints and the name it signs them under: 1
 * to {@link Limits#LOG_ORIGIN_CHARS_MAX} of {@code a-z 0-9 . / -}.
 *
 * <p>So few characters that a name can hold no line break, space, plus or second spelling, and fits
 * a signed note as it is.
 */
public record LogOrigin(String text) {

  /**
   * @throws IllegalArgumentException if the text is no origin; {@link #parse} is for foreign text
   */
  public LogOrigin {
    if (!isOrigin(text)) {
      throw new IllegalArgumentException("no log origin");
    }
  }

  /**
   * Reads an origin that came from outside.
   *
   * @throws MalformedException if it is too long, empty, or holds any other character
   */
  public static LogOrigin parse(String text) throws MalformedException {
    if (!isOrigin(text)) {
      throw new MalformedException("no log origin");
    }
    return new LogOrigin(text);
  }

  private static boolean isOrigin(String text) {
    if (text.isEmpty() || text.length() > Limits.LOG_ORIGIN_CHARS_MAX) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean allowed =
          (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '/' || c == '-';
      if (!allowed) {
        return false;
      }
    }
    return true;
  }

  /** The name itself. */
  @Override
  public String toString() {
    return text;
  }
}
