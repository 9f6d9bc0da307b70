package dev.cairn.cli;

import java.io.IOException;
import java.io.InputStream;
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
 * Servers get a process of their own; all other commands are run by one process, one after another,
 * for most of what a command costs is its start.
 */
final class PageShell implements AutoCloseable {

  private static final int SECONDS_MAX = 120;

  private final Path folder;
  private final Path passphrase;
  private final Path bin;
  private final Process commands;

  /** With a file that holds the passphrase of all stores. */
  PageShell(Path folder, Path passphrase) throws IOException, InterruptedException {
    this.folder = folder;
    this.passphrase = passphrase;
    this.bin = Files.createDirectory(folder.resolve("bin"));
    for (String pipe : List.of("ask", "answer")) {
      new ProcessBuilder("mkfifo", bin.resolve(pipe).toString()).start().waitFor();
    }
    Path script = bin.resolve("cairn");
    Files.writeString(script, script());
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    ProcessBuilder runner = new ProcessBuilder(CairnProcess.words(PageShell.class, bin.toString()));
    runner.directory(folder.toFile());
    runner.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    runner.redirectError(ProcessBuilder.Redirect.DISCARD);
    commands = inEnvironment(runner).start();
  }

  private ProcessBuilder inEnvironment(ProcessBuilder process) {
    process.environment().put("CAIRN_PASSPHRASE_FILE", passphrase.toString());
    process.environment().merge("PATH", bin.toString(), (path, own) -> own + ":" + path);
    return process;
  }

  private static String script() {
    List<String> java = new ArrayList<>();
    CairnProcess.words().forEach(word -> java.add("'" + word + "'"));
    return String.join(
        "\n",
        "#!/bin/sh",
        "here=${0%/*}",
        "if [ \"$1\" = serve ]; then exec " + String.join(" ", java) + " \"$@\"; fi",
        "printf '%s\\0' \"$@\" > \"$here/ask\"",
        "read -r code < \"$here/answer\"",
        "cat \"$here/out\"",
        "cat \"$here/err\" >&2",
        "exit \"$code\"",
        "");
  }

  /** Runs what {@link #script} asks for, one command after another. */
  public static void main(String[] words) throws IOException {
    Path bin = Path.of(words[0]);
    while (true) {
      String asked;
      try (InputStream in = Files.newInputStream(bin.resolve("ask"))) {
        asked = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
      CommandRun run = CommandRun.of(split(asked));
      Files.writeString(bin.resolve("out"), run.stdout());
      Files.writeString(bin.resolve("err"), run.stderr());
      Files.writeString(bin.resolve("answer"), run.exit() + "\n");
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
    commands.destroyForcibly();
  }
}
