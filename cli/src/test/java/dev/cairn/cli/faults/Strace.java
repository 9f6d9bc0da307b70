package dev.cairn.cli.faults;

import dev.cairn.cli.CairnProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes one system call of another process fail, or its last: the n-th of a kind, by strace. Every
 * thread is counted by itself, so the log tells which threads made such calls; when it was one, the
 * n-th of it was the n-th of the process.
 */
final class Strace implements AutoCloseable {

  private static final int SECONDS_MAX = 60;
  private static final Pattern CALL = Pattern.compile("^(\\d+) +(?:<\\.\\.\\. )?(\\w+)[( ]");

  private final Process process;
  private final Path log;
  private final Path said;

  private Strace(Process process, Path log, Path said) {
    this.process = process;
    this.log = log;
    this.said = said;
  }

  /** Whether the program is there and may look at another process of ours. */
  static boolean isUsable() throws IOException, InterruptedException {
    Process subject = new ProcessBuilder("sleep", "60").start();
    Path folder = Files.createTempDirectory("cairn-strace");
    try (Strace probe = attach(subject.pid(), new Injection("fsync", "error=EIO", 1), folder)) {
      return probe.process.isAlive();
    } catch (IOException | AssertionError e) {
      return false;
    } finally {
      subject.destroyForcibly();
    }
  }

  /**
   * A fault to be made.
   *
   * @param calls system calls, joined by commas
   * @param how what becomes of it: {@code signal=SIGKILL}, {@code error=EIO}
   * @param when which call of each thread; with a plus, that and all later ones
   * @param paths only calls on these files; all if empty
   */
  record Injection(String calls, String how, String when, List<Path> paths) {

    Injection(String calls, String how, long when) {
      this(calls, how, Long.toString(when), List.of());
    }

    private List<String> words(Path log) {
      List<String> words =
          new ArrayList<>(List.of("strace", "-f", "-s", "0", "-o", log.toString()));
      words.addAll(List.of("-e", "trace=" + calls));
      words.addAll(List.of("-e", "inject=" + calls + ":" + how + ":when=" + when));
      for (Path path : paths) {
        words.addAll(List.of("-P", path.toString()));
      }
      return words;
    }
  }

  /** The words of a command whose process is watched from its start. */
  static List<String> around(Injection injection, Path log, List<String> command) {
    List<String> words = injection.words(log);
    words.addAll(command);
    return words;
  }

  /** Watches all threads of a process that runs, from when this returns. */
  static Strace attach(long pid, Injection injection, Path folder)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile(folder, "strace", ".log");
    Path said = Files.createTempFile(folder, "strace", ".err");
    List<String> words = injection.words(log);
    words.addAll(List.of("-p", Long.toString(pid)));
    Process process =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    Strace strace = new Strace(process, log, said);
    strace.awaitAttached();
    return strace;
  }

  /** The same of a command that was started. */
  static Strace attach(CairnProcess subject, Injection injection, Path folder)
      throws IOException, InterruptedException {
    return attach(subject.pid(), injection, folder);
  }

  private void awaitAttached() throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
    while (!Files.readString(said, StandardCharsets.UTF_8).contains(" attached")) {
      if (System.nanoTime() > end || process.waitFor(5, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("strace did not attach: " + Files.readString(said));
      }
    }
  }

  /** Lets the process alone again. */
  @Override
  public void close() {
    process.destroy();
    end(process);
  }

  /** Waits for a process that was told to end. */
  static void end(Process process) {
    try {
      if (process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }

  /** What was seen, once it is closed. */
  Seen seen() throws IOException {
    return Seen.in(log);
  }

  /**
   * What a log tells.
   *
   * @param injected calls that were made to fail
   * @param killed whether the process was killed
   * @param calls how many each thread made
   */
  record Seen(int injected, boolean killed, Map<Long, Integer> calls) {

    static Seen in(Path log) throws IOException {
      int injected = 0;
      boolean killed = false;
      Map<Long, Integer> calls = new TreeMap<>();
      for (String line : Files.readAllLines(log, StandardCharsets.ISO_8859_1)) {
        injected += line.contains("(INJECTED)") ? 1 : 0;
        killed |= line.contains("+++ killed by SIGKILL +++");
        Matcher call = CALL.matcher(line);
        if (call.find() && !line.contains("<... ")) {
          calls.merge(Long.parseLong(call.group(1)), 1, Integer::sum);
        }
      }
      return new Seen(injected, killed, calls);
    }
  }
}
