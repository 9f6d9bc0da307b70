package dev.cairn.benchmarks;

import dev.cairn.benchmarks.harness.Family;
import dev.cairn.benchmarks.harness.Forks;
import dev.cairn.benchmarks.harness.Result;
import dev.cairn.benchmarks.harness.Row;
import dev.cairn.benchmarks.harness.Sample;
import dev.cairn.benchmarks.harness.Scale;
import dev.cairn.benchmarks.rows.BulkPush;
import dev.cairn.benchmarks.rows.DeskSight;
import dev.cairn.benchmarks.rows.FirstPull;
import dev.cairn.benchmarks.rows.Ingest;
import dev.cairn.benchmarks.rows.Latency;
import dev.cairn.benchmarks.rows.MergeAlone;
import dev.cairn.benchmarks.rows.OnDevice;
import dev.cairn.benchmarks.rows.ServerMemory;
import dev.cairn.benchmarks.rows.SlowLink;
import dev.cairn.benchmarks.rows.SlowestLink;
import dev.cairn.benchmarks.rows.SyncTraffic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** The table: which rows there are, and how they are measured. */
public final class Benchmarks {

  private static final List<Family> FAMILIES =
      List.of(
          new Ingest(),
          new BulkPush(),
          new Latency(),
          new FirstPull(),
          new DeskSight(),
          new MergeAlone(),
          new OnDevice(),
          new SyncTraffic(),
          new SlowLink(),
          new SlowestLink(),
          new ServerMemory());

  private final Forks forks;
  private final Consumer<String> progress;

  /**
   * Measures with files below a folder.
   *
   * @param program the words that start {@code cairn} in a process of its own
   * @param parent on whose disk
   * @param progress told of each process before it starts
   */
  public Benchmarks(List<String> program, Path parent, Consumer<String> progress) {
    this.forks = new Forks(ForkMain.class, program, parent);
    this.progress = progress;
  }

  /** Every row. */
  public static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    FAMILIES.forEach(family -> rows.addAll(family.rows()));
    return rows;
  }

  /** The family of a row. */
  static Family family(String row) {
    for (Family family : FAMILIES) {
      if (family.rows().stream().anyMatch(each -> each.name().equals(row))) {
        return family;
      }
    }
    throw new IllegalArgumentException("no row " + row);
  }

  /**
   * Measures rows, all of one family together.
   *
   * @param count how many processes measure each; without it what each row says; 0 for this process
   *     and no useful figures
   */
  public List<Result> measure(List<Row> wanted, Scale scale, OptionalInt count) throws Exception {
    Map<String, List<Row>> byFamily = new LinkedHashMap<>();
    wanted.forEach(
        row -> byFamily.computeIfAbsent(row.family(), any -> new ArrayList<>()).add(row));
    List<Result> results = new ArrayList<>();
    for (List<Row> rows : byFamily.values()) {
      results.addAll(measureTogether(rows, scale, count.orElse(rows.get(0).forks())));
    }
    return results;
  }

  private List<Result> measureTogether(List<Row> rows, Scale scale, int count) throws Exception {
    Map<String, List<Sample>> found = new LinkedHashMap<>();
    rows.forEach(row -> found.put(row.name(), new ArrayList<>()));
    for (int i = 0; i < Math.max(1, count); i++) {
      progress.accept(rows.get(0).family() + ": " + (i + 1) + " of " + Math.max(1, count));
      List<Sample> samples =
          count == 0
              ? forks.measureHere(family(rows.get(0).name()), rows, scale)
              : forks.measure(rows, scale);
      for (Sample sample : samples) {
        List<Sample> own = found.get(sample.row());
        if (own != null) {
          own.add(sample);
        }
      }
    }
    List<Result> results = new ArrayList<>();
    rows.forEach(row -> results.add(new Result(row, found.getOrDefault(row.name(), List.of()))));
    return results;
  }
}
