package dev.cairn.cli.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.cairn.benchmarks.Benchmarks;
import dev.cairn.benchmarks.harness.Result;
import dev.cairn.benchmarks.harness.Row;
import dev.cairn.benchmarks.harness.Scale;
import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.ExitCode;
import dev.cairn.cli.console.Launcher;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn bench}. */
@Command(
    name = "bench",
    description = {
      "Measure what Cairn costs, each row beside what this machine can do in the same minute.",
      "Without NAME every row, which takes about a quarter of an hour; --list names them."
    },
    footerHeading = "%nExample:%n",
    footer = "  cairn bench merge-long --json")
public final class BenchCommand extends Action {

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "One row; see --list.")
  private @Nullable String name;

  @Option(names = "--changes", paramLabel = "N", description = "How many changes in all.")
  private @Nullable Integer changes;

  @Option(names = "--clients", paramLabel = "N", description = "How many clients at once.")
  private @Nullable Integer clients;

  @Option(names = "--batch", paramLabel = "N", description = "How many changes in one push.")
  private @Nullable Integer batch;

  @Option(
      names = "--forks",
      paramLabel = "N",
      description = "In how many fresh processes each row is measured; 0 for none, to try it.")
  private @Nullable Integer forks;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "On which disk; that of the temporary files unless said.")
  private Path dir = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(names = "--list", description = "Name the rows and measure nothing.")
  private boolean list;

  /** Prints to an output. */
  public BenchCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    if (list) {
      return list();
    }
    if (!Files.isDirectory(dir)) {
      throw new UsageException("usage", "not a folder", "--dir");
    }
    Benchmarks benchmarks =
        new Benchmarks(Launcher.current().command(List.of()), dir, output()::say);
    Scale scale =
        new Scale(
            atLeast(1, changes, "--changes"),
            atLeast(1, clients, "--clients"),
            atLeast(1, batch, "--batch"));
    List<Result> results = benchmarks.measure(wanted(), scale, atLeast(0, forks, "--forks"));
    if (json()) {
      output().json(name == null ? array(results) : results.get(0).json());
    } else {
      output().line(Result.head());
      results.forEach(result -> output().line(result.line()));
    }
    return ExitCode.DONE;
  }

  private static OptionalInt atLeast(int least, @Nullable Integer value, String option) {
    if (value == null) {
      return OptionalInt.empty();
    }
    if (value < least) {
      throw new UsageException("usage", "a number of at least " + least, option);
    }
    return OptionalInt.of(value);
  }

  private List<Row> wanted() {
    if (name == null) {
      return Benchmarks.rows();
    }
    String one = name;
    List<Row> found = Benchmarks.rows().stream().filter(row -> row.name().equals(one)).toList();
    if (found.isEmpty()) {
      throw UsageException.noSuch("row", one, Benchmarks.rows().stream().map(Row::name), "NAME");
    }
    return found;
  }

  private static ArrayNode array(List<Result> results) {
    ArrayNode array = Output.array();
    results.forEach(result -> array.add(result.json()));
    return array;
  }

  private int list() {
    ArrayNode rows = Output.array();
    for (Row row : Benchmarks.rows()) {
      rows.addObject()
          .put("name", row.name())
          .put("unit", row.unit())
          .put("about", row.about())
          .put("limit", row.limit())
          .put("aim", row.aim());
    }
    return done(
        rows,
        Benchmarks.rows().stream()
            .map(row -> row.name() + "  " + row.about() + " [" + row.unit() + "]")
            .toArray(String[]::new));
  }
}
