package dev.cairn.cli.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a {@code cairn} command is started in a process of its own. */
final class Launcher {

  private static final String PROPERTY = "cairn.launcher";

  private final List<String> prefix;
  private final String shown;

  private Launcher(List<String> prefix, String shown) {
    this.prefix = prefix;
    this.shown = shown;
  }

  /** By the start script that started this process; without one, by this process's own Java. */
  static Launcher current() {
    String script = System.getProperty(PROPERTY);
    if (script != null && !script.isEmpty()) {
      return new Launcher(List.of(Path.of(script).toAbsolutePath().toString()), script);
    }
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new Launcher(
        List.of(
            java.toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.cairn.cli.Main"),
        "cairn");
  }

  /** The process's arguments. */
  List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(arguments);
    return command;
  }

  /** The program as a person would write it. */
  String shown() {
    return shown;
  }
}
