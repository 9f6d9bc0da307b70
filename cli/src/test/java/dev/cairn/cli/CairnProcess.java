package dev.cairn.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own, as its users run it. */
public final class CairnProcess {

  private static final int SECONDS_MAX = 120;

  private final Process process;
  private final Path out;
  private final Path err;

  private CairnProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** The words that start the program. */
  public static List<String> words(String... arguments) {
    return words(Main.class, arguments);
  }

  /** The words that start another program of this class path. */
  public static List<String> words(Class<?> main, String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
    words.add(System.getProperty("java.class.path"));
    words.add(main.getName());
    words.addAll(List.of(arguments));
    return words;
  }

  /** Starts a command. */
  public static CairnProcess start(String... arguments) throws IOException {
    return start(words(arguments));
  }

  /** Starts a command that these words run. */
  public static CairnProcess start(List<String> words) throws IOException {
    Path out = Files.createTempFile("cairn", ".out");
    Path err = Files.createTempFile("cairn", ".err");
    Process process =
        new ProcessBuilder(words)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new CairnProcess(process, out, err);
  }

  /** Runs a command to its end. */
  static CommandRun run(String... arguments) throws IOException, InterruptedException {
    return start(arguments).finish();
  }

  /** What it has printed so far. */
  public String printed() throws IOException {
    return Files.readString(out, StandardCharsets.UTF_8);
  }

  /** Waits for its first line. */
  public String firstLine() throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
    while (printed().indexOf('\n') < 0) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new AssertionError("it printed no line: " + Files.readString(err));
      }
      process.waitFor(20, TimeUnit.MILLISECONDS);
    }
    return printed().substring(0, printed().indexOf('\n'));
  }

  /** Waits until it has said something to people, and gives the rest of that line. */
  String restOfLine(String begins) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
    while (true) {
      String said = Files.readString(err, StandardCharsets.UTF_8);
      int at = said.indexOf(begins);
      if (at >= 0 && said.indexOf('\n', at) > 0) {
        return said.substring(at + begins.length(), said.indexOf('\n', at)).trim();
      }
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new AssertionError("it did not say " + begins + ": " + said);
      }
      process.waitFor(20, TimeUnit.MILLISECONDS);
    }
  }

  /** Its process. */
  public long pid() {
    return process.pid();
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Asks it to end (SIGTERM). */
  public void terminate() {
    process.destroy();
  }

  /** Its end, and what it printed. */
  public CommandRun finish() throws IOException, InterruptedException {
    try {
      if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
        throw new AssertionError("the command does not end");
      }
      return new CommandRun(
          process.exitValue(), printed(), Files.readString(err, StandardCharsets.UTF_8));
    } finally {
      process.destroyForcibly();
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    }
  }
}
