package dev.cairn.cli.demo;

import dev.cairn.cli.console.Launcher;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The folder the demo happens in, and the commands that run there, each shown before it runs. */
final class Workshop {

  private static final int PATIENCE_SECONDS = 300;
  private static final int STOP_SECONDS = 60;
  private static final String PASSPHRASE = "three stones on the ridge\n";

  private final Path home;
  private final Launcher launcher;
  private final Narration narration;
  private final Queue<Process> processes = new ConcurrentLinkedQueue<>();
  private final AtomicInteger started = new AtomicInteger();

  private Workshop(Path home, Launcher launcher, Narration narration) {
    this.home = home;
    this.launcher = launcher;
    this.narration = narration;
  }

  /** A new folder with a passphrase file in it. */
  static Workshop open(Launcher launcher, Narration narration) throws IOException {
    Path home = Files.createTempDirectory("cairn-demo-");
    Workshop workshop = new Workshop(home, launcher, narration);
    workshop.write("passphrase", PASSPHRASE.getBytes(StandardCharsets.UTF_8));
    Files.createDirectory(home.resolve(".printed"));
    return workshop;
  }

  /** The folder. */
  Path home() {
    return home;
  }

  /** A file or folder in it. */
  Path path(String name) {
    return home.resolve(name);
  }

  /** The same as an argument. */
  String at(String name) {
    return path(name).toString();
  }

  /** Writes a file that is a person's input. */
  Path write(String name, byte[] content) throws IOException {
    Path file = path(name);
    Files.write(file, content, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
    return file;
  }

  /** Tells how to paste what follows. */
  void introduce() {
    narration.command("export D=" + home + " CAIRN_PASSPHRASE_FILE=" + home + "/passphrase");
  }

  /** Runs a command that has to succeed. */
  Outcome run(String... arguments) throws DemoFailure {
    return run(List.of(arguments));
  }

  /** Runs a command that has to succeed. */
  Outcome run(List<String> arguments) throws DemoFailure {
    return together(List.of(arguments)).get(0);
  }

  /** Runs commands that have nothing to do with each other and have to succeed. */
  List<Outcome> together(List<List<String>> commands) throws DemoFailure {
    List<Outcome> outcomes = attempt(commands);
    for (Outcome outcome : outcomes) {
      if (outcome.exit() != 0) {
        throw new DemoFailure(
            "exit "
                + outcome.exit()
                + " from: "
                + outcome.line()
                + " "
                + outcome.error()
                + " "
                + outcome.stderr().strip());
      }
    }
    return outcomes;
  }

  /** Runs a command that may end in any way. */
  Outcome attemptOne(List<String> arguments) throws DemoFailure {
    return attempt(List.of(arguments)).get(0);
  }

  /** Runs commands that have nothing to do with each other, at the same time, however they end. */
  List<Outcome> attempt(List<List<String>> commands) throws DemoFailure {
    List<Running> running = new ArrayList<>();
    for (List<String> command : commands) {
      running.add(begin(command));
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (Running one : running) {
      Outcome outcome = one.finish();
      narration.result(outcome.stdout());
      outcomes.add(outcome);
    }
    return outcomes;
  }

  private Running begin(List<String> arguments) throws DemoFailure {
    String line = shown(arguments);
    narration.command(line);
    int number = started.incrementAndGet();
    Path stdout = path(".printed").resolve(number + ".out");
    Path stderr = path(".printed").resolve(number + ".err");
    Process process = start(arguments, Redirect.to(stdout.toFile()), Redirect.to(stderr.toFile()));
    return new Running(line, process, stdout, stderr);
  }

  /** Starts a command and leaves it to the caller. */
  Process start(List<String> arguments, Redirect stdout, Redirect stderr) throws DemoFailure {
    ProcessBuilder builder = new ProcessBuilder(launcher.command(arguments));
    builder.environment().put("CAIRN_PASSPHRASE_FILE", at("passphrase"));
    builder.environment().put("CAIRN_NO_BUILD", "1");
    builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectOutput(stdout);
    builder.redirectError(stderr);
    try {
      Process process = builder.start();
      processes.add(process);
      return process;
    } catch (IOException e) {
      throw new DemoFailure("cannot start: " + shown(arguments), e);
    }
  }

  /** Shows a command that the caller starts. */
  String show(List<String> arguments, String suffix) {
    String line = shown(arguments) + suffix;
    narration.command(line);
    return line;
  }

  private String shown(List<String> arguments) {
    StringBuilder line = new StringBuilder(launcher.shown());
    for (String argument : arguments) {
      line.append(' ').append(quoted(argument));
    }
    return line.toString();
  }

  private String quoted(String argument) {
    String here = home.toString();
    if (argument.matches("[\\p{L}\\p{N}_./:=@%+,-]+")) {
      return argument.startsWith(here) ? "$D" + argument.substring(here.length()) : argument;
    }
    return "'" + argument.replace("'", "'\\''") + "'";
  }

  /** How many commands ran. */
  int started() {
    return started.get();
  }

  /** Ends what still runs. */
  void stop() {
    processes.forEach(Process::destroy);
    for (Process process : processes) {
      try {
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        process.destroyForcibly();
      }
    }
  }

  /** Takes the folder away. */
  void remove() throws IOException {
    try (Stream<Path> all = Files.walk(home)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private record Running(String line, Process process, Path stdout, Path stderr) {

    Outcome finish() throws DemoFailure {
      try {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new DemoFailure("did not end: " + line);
        }
        return new Outcome(
            line, process.exitValue(), Files.readString(stdout), Files.readString(stderr));
      } catch (IOException e) {
        throw new DemoFailure("cannot read what was printed by: " + line, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DemoFailure("interrupted", e);
      }
    }
  }
}
