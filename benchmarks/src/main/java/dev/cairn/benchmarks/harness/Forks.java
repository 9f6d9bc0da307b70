package dev.cairn.benchmarks.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Measures a family in fresh processes, one after another, so that what one process happened to
 * compile or lay out in memory is part of the spread and not of every figure. A process begins with
 * an empty folder beside the others' and on the same disk.
 */
public final class Forks {

  /** What a line with samples begins with; all else that a process prints is not for us. */
  static final String MARK = "cairn-samples ";

  private static final int SAID_MAX = 2000;

  private final Class<?> main;
  private final List<String> program;
  private final Path parent;

  /**
   * Measures on the disk of a folder.
   *
   * @param main takes a {@link Fork} as {@link #serve} does
   * @param program the words that start {@code cairn}
   */
  public Forks(Class<?> main, List<String> program, Path parent) {
    this.main = main;
    this.program = List.copyOf(program);
    this.parent = parent;
  }

  /**
   * Measures in one fresh process.
   *
   * @throws MeasureException if it fails, with what it printed last
   */
  public List<Sample> measure(List<Row> rows, Scale scale) throws IOException, MeasureException {
    Path room = Files.createTempDirectory(parent, "cairn-bench-");
    try {
      return run(fork(rows, scale, room));
    } finally {
      remove(room);
    }
  }

  /** Measures in this process, for whoever wants to see that it works and no figures. */
  public List<Sample> measureHere(Family family, List<Row> rows, Scale scale) throws Exception {
    Path room = Files.createTempDirectory(parent, "cairn-bench-");
    try {
      return family.measure(fork(rows, scale, room));
    } finally {
      remove(room);
    }
  }

  private Fork fork(List<Row> rows, Scale scale, Path room) {
    Set<String> names = new LinkedHashSet<>();
    rows.forEach(row -> names.add(row.name()));
    return new Fork(names, scale, program, room);
  }

  private static String end(String text) {
    return text.substring(Math.max(0, text.length() - SAID_MAX)).strip();
  }

  private List<Sample> run(Fork fork) throws IOException, MeasureException {
    ProcessBuilder builder = new ProcessBuilder(words());
    Path said = fork.room().resolve("said");
    builder.redirectError(Redirect.to(said.toFile()));
    Process process = builder.start();
    List<Sample> samples = null;
    try (Writer in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        BufferedReader out =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      in.write(Job.write(fork) + "\n");
      in.flush();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith(MARK)) {
          samples = Job.samples(line.substring(MARK.length()));
        }
      }
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while measuring", e);
    } finally {
      process.destroyForcibly();
    }
    if (samples == null) {
      throw new MeasureException("nothing was measured: " + end(Files.readString(said)));
    }
    return samples;
  }

  /**
   * What the main method of a process does: measures what it is told on its standard input, and
   * prints what it found.
   */
  public static void serve(Function<String, Family> familyOf) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Fork fork = Job.read(in.readLine());
    Family family = familyOf.apply(fork.rows().iterator().next());
    List<Sample> samples = family.measure(fork);
    System.out.println(MARK + Job.write(samples));
    System.out.flush();
  }

  private List<String> words() {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-XX:-UsePerfData");
    words.add("-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider");
    words.add("-Dslf4j.internal.verbosity=WARN");
    String natives = System.getProperty("org.sqlite.lib.path");
    if (natives != null) {
      words.add("-Dorg.sqlite.lib.path=" + natives);
    }
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    return words;
  }

  private static void remove(Path room) throws IOException {
    try (Stream<Path> all = Files.walk(room)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
