package dev.cairn.cli.demo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Tells what happens, line by line, as something that can be read and pasted into a shell. What
 * happens side by side is told one part after the other, see {@link Part}.
 */
final class Narration {

  private static final int RESULT_CHARS_MAX = 220;

  private final Consumer<String> print;
  private final Map<Thread, Part> speakers = new HashMap<>();
  private final Queue<Part> untold = new ArrayDeque<>();

  Narration(Consumer<String> print) {
    this.print = print;
  }

  /** A new scene begins. */
  void scene(String title) {
    tell("");
    tell("# " + title);
  }

  /** A sentence for people. */
  void says(String sentence) {
    tell("# " + sentence);
  }

  /** A line that does the same when pasted. */
  void command(String line) {
    tell("$ " + line);
  }

  /** What a command printed, at most one line of it. */
  void result(String text) {
    String line = text.strip().replace('\n', ' ');
    if (!line.isEmpty()) {
      tell(
          "    "
              + (line.length() > RESULT_CHARS_MAX
                  ? line.substring(0, RESULT_CHARS_MAX) + " ..."
                  : line));
    }
  }

  /** The outcome of a check. */
  void check(boolean passed, String what) {
    tell((passed ? "  [ok]     " : "  [FAILED] ") + what);
  }

  /** Parts of the story that happen side by side, in the order in which they are to be told. */
  synchronized List<Part> parts(int count) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(new Part());
    }
    untold.addAll(parts);
    return parts;
  }

  private synchronized void tell(String line) {
    Part speaking = speakers.get(Thread.currentThread());
    if (speaking == null || speaking == untold.peek()) {
      print.accept(line);
    } else {
      speaking.kept.add(line);
    }
  }

  private synchronized void speaking(Part speaking) {
    speakers.put(Thread.currentThread(), speaking);
  }

  private synchronized void ended(Part done) {
    speakers.remove(Thread.currentThread());
    done.ended = true;
    while (!untold.isEmpty() && untold.element().ended) {
      untold.remove();
      if (!untold.isEmpty()) {
        untold.element().kept.forEach(print);
        untold.element().kept.clear();
      }
    }
  }

  /** What one thread tells; kept back until the parts before it have ended. */
  final class Part implements AutoCloseable {

    private final List<String> kept = new ArrayList<>();
    private boolean ended;

    /** From now on, what this thread tells belongs to this part. */
    void begin() {
      speaking(this);
    }

    /** No more of it. */
    @Override
    public void close() {
      ended(this);
    }
  }
}
