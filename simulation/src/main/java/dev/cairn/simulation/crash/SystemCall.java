package dev.cairn.simulation.crash;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of the operating system, as {@code strace -y -xx} tells of it. Every text is in hex
 * there, so that commas and brackets are only its own.
 *
 * @param name of the call
 * @param arguments each as it was told
 * @param result number that came back; negative for a failure
 * @param opened what a returned descriptor stands for, if one came back
 */
record SystemCall(String name, List<String> arguments, long result, @Nullable String opened) {

  private static final String EQUALS = " = ";
  private static final int HEX = 16;

  /** Takes a copy. */
  SystemCall {
    arguments = List.copyOf(arguments);
  }

  /**
   * Reads a whole call, {@code name(arguments) = result}.
   *
   * @return null for what is none: a signal, the end of a thread
   */
  static @Nullable SystemCall parse(String text) {
    int open = text.indexOf('(');
    int equals = text.lastIndexOf(EQUALS);
    if (open <= 0 || equals < open || text.charAt(0) < 'a' || text.charAt(0) > 'z') {
      return null;
    }
    int close = text.lastIndexOf(')', equals);
    if (close < open) {
      return null;
    }
    String answer = text.substring(equals + EQUALS.length());
    int end = 0;
    while (end < answer.length() && "-0123456789".indexOf(answer.charAt(end)) >= 0) {
      end++;
    }
    if (end == 0) {
      return null;
    }
    long result = Long.parseLong(answer.substring(0, end));
    String opened = answer.startsWith("<", end) ? path(answer.substring(end)) : null;
    String[] arguments = text.substring(open + 1, close).split(", ", -1);
    return new SystemCall(text.substring(0, open), List.of(arguments), result, opened);
  }

  /** A number. */
  long number(int argument) {
    return Long.parseLong(arguments.get(argument));
  }

  /** The number of a descriptor. */
  int descriptor(int argument) {
    String told = arguments.get(argument);
    return Integer.parseInt(told.substring(0, told.indexOf('<')));
  }

  /** What a descriptor stands for. */
  String pathOf(int argument) {
    return path(arguments.get(argument));
  }

  private static String path(String descriptor) {
    int begin = descriptor.indexOf('<');
    int end = descriptor.indexOf('>', begin);
    return begin < 0 || end < 0 ? "" : text(descriptor.substring(begin + 1, end));
  }

  /** A text that was given. */
  String textOf(int argument) {
    return new String(bytes(argument), StandardCharsets.UTF_8);
  }

  /** Whether all bytes were told that were given: what is too long is cut, with dots behind it. */
  boolean isWhole(int argument) {
    return arguments.get(argument).endsWith("\"");
  }

  /** Bytes that were given. */
  byte[] bytes(int argument) {
    String told = arguments.get(argument);
    return unhex(told.substring(1, told.length() - 1));
  }

  private static String text(String hex) {
    return new String(unhex(hex), StandardCharsets.UTF_8);
  }

  /** Each byte is told as a backslash, an x and two digits. */
  private static byte[] unhex(String told) {
    byte[] bytes = new byte[told.length() / 4];
    for (int i = 0; i < bytes.length; i++) {
      int high = Character.digit(told.charAt(4 * i + 2), HEX);
      int low = Character.digit(told.charAt(4 * i + 3), HEX);
      if (told.charAt(4 * i + 1) != 'x' || high < 0 || low < 0) {
        throw new RecordingError("no hex: " + told.substring(0, Math.min(80, told.length())));
      }
      bytes[i] = (byte) (high << 4 | low);
    }
    return bytes;
  }
}
