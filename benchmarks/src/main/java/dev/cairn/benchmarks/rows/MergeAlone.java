package dev.cairn.benchmarks.rows;

import dev.cairn.benchmarks.harness.Better;
import dev.cairn.benchmarks.harness.Family;
import dev.cairn.benchmarks.harness.Fork;
import dev.cairn.benchmarks.harness.Row;
import dev.cairn.benchmarks.harness.Sample;
import dev.cairn.benchmarks.harness.Spread;
import dev.cairn.benchmarks.workload.Histories;
import dev.cairn.protocol.merge.MergeChange;
import dev.cairn.protocol.merge.RecordMerge;
import java.util.ArrayList;
import java.util.List;

/** Merging opened changes in memory, on one thread; nothing is read, checked or stored. */
public final class MergeAlone implements Family {

  private static final int CHANGES = 100_000;
  private static final int LONG = 1000;
  private static final int GROWN = 10;
  private static final int WARM_UPS = 4;
  private static final int ROUNDS = 5;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Row longRecords =
      new Row(
          "merge-long",
          "merge",
          "changes/s",
          Better.MORE,
          "merge of records with 1,000 changes by four members, one core",
          "",
          ">= 100,000; n log n",
          "merge",
          3);
  private final Row shortRecords =
      new Row(
          "merge-short",
          "merge",
          "changes/s",
          Better.MORE,
          "merge of records with two changes, one core",
          "",
          ">= 100,000",
          "merge",
          3);

  @Override
  public List<Row> rows() {
    return List.of(longRecords, shortRecords);
  }

  @Override
  public List<Sample> measure(Fork fork) {
    int changes = fork.scale().changes(CHANGES);
    List<Sample> samples = new ArrayList<>();
    if (fork.wants(longRecords.name())) {
      int length = Math.max(2, Math.min(LONG, changes));
      double seconds = seconds(length, Math.max(1, changes / length));
      double grown = seconds(length * GROWN, Math.max(1, changes / length / GROWN));
      double allowed = Math.log((double) length * GROWN) / Math.log(length);
      samples.add(
          Sample.of(longRecords.name(), 1 / seconds, Double.NaN)
              .with("changes_per_second_ten_times_longer", 1 / grown)
              .with("growth_by_n_log_n", grown / seconds / allowed));
    }
    if (fork.wants(shortRecords.name())) {
      samples.add(
          Sample.of(shortRecords.name(), 1 / seconds(2, Math.max(1, changes / 2)), Double.NaN));
    }
    return samples;
  }

  /** The time a change takes, in the median of some rounds. */
  private static double seconds(int length, int records) {
    List<List<MergeChange>> histories = new Histories(length).records(records, length);
    for (int i = 0; i < WARM_UPS; i++) {
      merge(histories);
    }
    List<Double> rounds = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      rounds.add(merge(histories));
    }
    return Spread.of(rounds).median() / ((double) length * records);
  }

  private static double merge(List<List<MergeChange>> histories) {
    long begin = System.nanoTime();
    long fields = 0;
    for (List<MergeChange> history : histories) {
      fields += RecordMerge.merge(history, Histories.AUTHORITY).fields().size();
    }
    long end = System.nanoTime();
    if (fields == 0) {
      throw new IllegalStateException("merged to nothing");
    }
    return (end - begin) / NANOS_PER_SECOND;
  }
}
