package dev.cairn.cli.demo;

import java.util.function.Consumer;

/** Tells what happens, line by line, as something that can be read and pasted into a shell. */
final class Narration {

  private static final int RESULT_CHARS_MAX = 220;

  private final Consumer<String> print;
  private int scenes;

  Narration(Consumer<String> print) {
    this.print = print;
  }

  /** A new scene begins. */
  void scene(String title) {
    scenes++;
    print.accept("");
    print.accept("# " + scenes + ". " + title);
  }

  /** A sentence for people. */
  void says(String sentence) {
    print.accept("# " + sentence);
  }

  /** A line that does the same when pasted. */
  void command(String line) {
    print.accept("$ " + line);
  }

  /** What a command printed, at most one line of it. */
  void result(String text) {
    String line = text.strip().replace('\n', ' ');
    if (!line.isEmpty()) {
      print.accept(
          "    "
              + (line.length() > RESULT_CHARS_MAX
                  ? line.substring(0, RESULT_CHARS_MAX) + " ..."
                  : line));
    }
  }

  /** The outcome of a check. */
  void check(boolean passed, String what) {
    print.accept((passed ? "  [ok]     " : "  [FAILED] ") + what);
  }
}
