package dev.cairn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A shell in a folder that has {@code cairn} on its path, for commands as a document prints them.
 * All but servers are run by one process, one after another, for most of what a command costs is
 * its start. A server gets a process of its own, which was started before it is asked for and waits
 * meanwhile.
 */
final class PageShell implements AutoCloseable {

  private static final int SECONDS_MAX = 120;
  private static final String SERVE = "serve";

  private final Path folder;
  private final Path passphrase;
  private final Path bin;
  private final List<Process> processes = new ArrayList<>();

  /**
   * With a file that holds the passphrase of all stores.
   *
   * @param servers how often a server will be started
   */
  PageShell(Path folder, Path passphrase, int servers) throws IOException, InterruptedException {
    this.folder = folder;
    this.passphrase = passphrase;
    this.bin = Files.createDirectory(folder.resolve("bin"));
    for (String pipe : List.of("ask", "answer")) {
      makePipe(pipe);
    }
    Path script = bin.resolve("cairn");
    Files.writeString(script, script());
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    for (int i = 1; i <= servers; i++) {
      makePipe(SERVE + i);
      start(SERVE + i);
    }
    start("");
  }

  private void makePipe(String name) throws IOException, InterruptedException {
    new ProcessBuilder("mkfifo", bin.resolve(name).toString()).start().waitFor();
  }

  private void start(String serving) throws IOException {
    ProcessBuilder runner =
        new ProcessBuilder(CairnProcess.words(PageShell.class, bin.toString(), serving));
    runner.directory(folder.toFile());
    runner.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    runner.redirectError(ProcessBuilder.Redirect.DISCARD);
    processes.add(inEnvironment(runner).start());
  }

  private ProcessBuilder inEnvironment(ProcessBuilder process) {
    process.environment().put("CAIRN_PASSPHRASE_FILE", passphrase.toString());
    process.environment().merge("PATH", bin.toString(), (path, own) -> own + ":" + path);
    return process;
  }

  /** A server's words go to the next process that waits for some, which prints to the same pipe. */
  private static String script() {
    return """
        #!/bin/sh
        here=${0%/*}
        if [ "$1" = serve ]; then
          for next in "$here"/serve?; do
            mkdir "$next-taken" 2> /dev/null && break
          done
          printf '%s\\0' "$@" > "$next"
          cat "$next"
          exit
        fi
        printf '%s\\0' "$@" > "$here/ask"
        read -r code < "$here/answer"
        cat "$here/out"
        cat "$here/err" >&2
        exit "$code"
        """;
  }

  /**
   * Runs what {@link #script} asks for: one command after another, or the one that serves.
   *
   * @param words the folder of the pipes, and the pipe of who serves
   */
  public static void main(String[] words) throws IOException {
    Path bin = Path.of(words[0]);
    if (!words[1].isEmpty()) {
      serve(bin.resolve(words[1]));
      return;
    }
    while (true) {
      CommandRun run = CommandRun.of(read(bin.resolve("ask")));
      Files.writeString(bin.resolve("out"), run.stdout());
      Files.writeString(bin.resolve("err"), run.stderr());
      Files.writeString(bin.resolve("answer"), run.exit() + "\n");
    }
  }

  /** Has the program at hand already when it is asked. */
  private static void serve(Path pipe) throws IOException {
    CommandRun.of(SERVE, "--help");
    String[] asked = read(pipe);
    System.setOut(new PrintStream(Files.newOutputStream(pipe), true, StandardCharsets.UTF_8));
    Main.main(asked);
  }

  private static String[] read(Path pipe) throws IOException {
    try (InputStream in = Files.newInputStream(pipe)) {
      return split(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static String[] split(String asked) {
    return asked.substring(0, asked.length() - 1).split("\0", -1);
  }

  /** Runs some lines, each of which has to succeed; gives what they printed. */
  String run(String lines, Map<String, String> variables) throws IOException, InterruptedException {
    Path said = Files.createTempFile(folder, "said", ".txt");
    ProcessBuilder shell = new ProcessBuilder("sh", "-eu", "-c", lines);
    shell.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(said.toFile());
    shell.environment().putAll(variables);
    Process process = inEnvironment(shell).start();
    boolean ended = process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
    String printed = Files.readString(said);
    if (!ended || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError(lines + "\n" + printed);
    }
    return printed;
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
  }
}
