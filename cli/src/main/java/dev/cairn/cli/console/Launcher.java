package dev.cairn.cli.console;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a {@code cairn} command is started in a process of its own. */
public final class Launcher {

  private static final String PROPERTY = "cairn.launcher";

  private final List<String> prefix;
  private final String shown;

  private Launcher(List<String> prefix, String shown) {
    this.prefix = prefix;
    this.shown = shown;
  }

  /**
   * By the start script that started this process; without one, by this process's own Java.
   *
   * @param javaOptions what that Java is told then; the script knows by itself
   */
  public static Launcher current(String... javaOptions) {
    String script = System.getProperty(PROPERTY);
    if (script != null && !script.isEmpty()) {
      return new Launcher(List.of(Path.of(script).toAbsolutePath().toString()), script);
    }
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> words = new ArrayList<>(List.of(java.toString()));
    words.addAll(List.of(javaOptions));
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.cairn.cli.Main"));
    return new Launcher(words, "cairn");
  }

  /** The process's arguments. */
  public List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(arguments);
    return command;
  }

  /** The program as a person would write it. */
  public String shown() {
    return shown;
  }
}
