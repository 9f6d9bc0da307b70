package dev.cairn.protocol.invitation;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The line that says what a file is, and in which version. */
final class FirstLine {

  private static final int VERSION = 1;
  private static final int VERSION_DIGITS_MAX = 4;

  private final String what;
  private final String name;

  FirstLine(String what, String name) {
    this.what = what;
    this.name = name;
  }

  /** The line with its break. */
  byte[] bytes() {
    return (name + '-' + VERSION + '\n').getBytes(StandardCharsets.US_ASCII);
  }

  /** Puts the line before something. */
  byte[] before(byte[] rest) {
    byte[] line = bytes();
    byte[] file = Arrays.copyOf(line, line.length + rest.length);
    System.arraycopy(rest, 0, file, line.length, rest.length);
    return file;
  }

  /**
   * Takes the line away.
   *
   * @throws TooNewException if it is the line of another version
   * @throws MalformedException if it is no such line
   */
  byte[] after(byte[] file) throws MalformedException, TooNewException {
    byte[] line = bytes();
    if (file.length >= line.length && Arrays.equals(Arrays.copyOf(file, line.length), line)) {
      return Arrays.copyOfRange(file, line.length, file.length);
    }
    long version = version(file);
    if (version > VERSION) {
      throw new TooNewException(what, version, VERSION);
    }
    throw new MalformedException("no " + what);
  }

  /** The number after the name, 0 if there is none. */
  private long version(byte[] file) {
    int start = name.length() + 1;
    String head =
        new String(
            file,
            0,
            Math.min(file.length, start + VERSION_DIGITS_MAX + 1),
            StandardCharsets.US_ASCII);
    int end = head.indexOf('\n');
    if (!head.startsWith(name + '-') || end <= start) {
      return 0;
    }
    long version = 0;
    for (int i = start; i < end; i++) {
      if (head.charAt(i) < '0' || head.charAt(i) > '9') {
        return 0;
      }
      version = 10 * version + head.charAt(i) - '0';
    }
    return version;
  }
}
