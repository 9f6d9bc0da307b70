package dev.cairn.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A real file system of a few megabytes, mounted where only this and the commands run in it see it:
 * in a mount namespace that a shell keeps and that ends with it.
 */
final class SmallDisk implements AutoCloseable {

  private static final int BLOCK_BYTES = 4096;

  private final Process shell;
  private final Writer commands;
  private final BufferedReader answers;
  private final Path at;
  private final boolean ownUsers;

  private SmallDisk(Process shell, Path at, boolean ownUsers) {
    this.shell = shell;
    this.at = at;
    this.ownUsers = ownUsers;
    this.commands = shell.outputWriter(StandardCharsets.UTF_8);
    this.answers =
        new BufferedReader(new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Mounts one, if this machine lets this user do that. */
  static Optional<SmallDisk> mount(Path at, int megabytes) throws IOException {
    for (boolean ownUsers : new boolean[] {true, false}) {
      SmallDisk disk;
      try {
        disk =
            new SmallDisk(
                new ProcessBuilder("unshare", ownUsers ? "-rm" : "-m", "sh")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start(),
                at,
                ownUsers);
      } catch (IOException e) {
        return Optional.empty(); // No such program here.
      }
      if (disk.succeeds("mount -t tmpfs -o size=" + megabytes + "m none '" + at + "'")) {
        return Optional.of(disk);
      }
      disk.close();
    }
    return Optional.empty();
  }

  private boolean succeeds(String command) {
    try {
      commands.write("{ " + command + "; } >/dev/null 2>&1 && echo yes || echo no\n");
      commands.flush();
      return "yes".equals(answers.readLine());
    } catch (IOException e) {
      return false; // The shell could not be had.
    }
  }

  private void must(String command) {
    if (!succeeds(command)) {
      throw new AssertionError("failed: " + command);
    }
  }

  /** A place on it. */
  String path(String name) {
    return at.resolve(name).toString();
  }

  /** Whether there is something of this name. */
  boolean has(String name) {
    return succeeds("test -e '" + path(name) + "'");
  }

  /** Whether there is something whose name begins so. */
  boolean hasPart(String name) {
    return succeeds("ls -d '" + path(name) + "'*");
  }

  /** Copies a folder to it. */
  void take(Path folder) {
    must("cp -a '" + folder + "' '" + at + "/'");
  }

  /** Copies a folder from it. */
  void give(String name, Path to) {
    must("cp -a '" + path(name) + "' '" + to + "'");
  }

  /** Leaves not one free block. */
  void fill() {
    succeeds("dd if=/dev/zero of='" + path("filling") + "' bs=" + BLOCK_BYTES);
  }

  /** Makes room again. */
  void clear() {
    must("rm -f '" + path("filling") + "'");
  }

  /** From now on it may only be read, or be written again. */
  void readOnly(boolean on) {
    must("mount -o remount," + (on ? "ro" : "rw") + " '" + at + "'");
  }

  /** Starts a command that sees it. */
  CairnProcess start(String... arguments) throws IOException {
    return start(CairnProcess.words(arguments));
  }

  /** Runs commands that see it, one after another. */
  Map<String, CommandRun> run(CommandSeries commands) throws IOException, InterruptedException {
    CommandRun process = start(CairnProcess.words(CommandSeries.class, commands.words())).finish();
    return commands.runs(process);
  }

  private CairnProcess start(List<String> command) throws IOException {
    List<String> words = new ArrayList<>(List.of("nsenter", "-t", Long.toString(shell.pid())));
    if (ownUsers) {
      words.addAll(List.of("-U", "--preserve-credentials"));
    }
    words.add("-m");
    words.addAll(command);
    return CairnProcess.start(words);
  }

  @Override
  public void close() {
    try {
      commands.close(); // The shell ends, and the disk with it.
      shell.waitFor();
    } catch (IOException e) {
      shell.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
