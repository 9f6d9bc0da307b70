package dev.cairn.benchmarks.rows;

import dev.cairn.benchmarks.harness.Better;
import dev.cairn.benchmarks.harness.Family;
import dev.cairn.benchmarks.harness.Fork;
import dev.cairn.benchmarks.harness.Row;
import dev.cairn.benchmarks.harness.Sample;
import dev.cairn.benchmarks.harness.Spread;
import dev.cairn.benchmarks.limit.Fsyncs;
import dev.cairn.benchmarks.limit.Signatures;
import dev.cairn.benchmarks.workload.Reports;
import dev.cairn.benchmarks.workload.Society;
import dev.cairn.client.Device;
import dev.cairn.client.report.NewRecord;
import dev.cairn.client.sync.SyncResult;
import java.util.ArrayList;
import java.util.List;

/** Recording a report on a device, and what a hundred of them take on the wire. */
public final class OnDevice implements Family {

  private static final int RECORDS = 200;
  private static final int WARM_UP = 200;
  private static final int PUSH = 100;
  private static final double MILLIS = 1000;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Row record =
      new Row(
          "record",
          "device",
          "ms",
          Better.LESS,
          "one report of 1 KB recorded: sealed, signed and durable on a device, the median",
          "one fdatasync and one signature",
          "<= 3",
          "sdk",
          3);
  private final Row bytes =
      new Row(
          "report-bytes",
          "device",
          "bytes",
          Better.LESS,
          "what a report of 1 KB adds to an upload of --batch (100): all that one sync sends,"
              + " sessions, signatures and HTTP heads included, by 100",
          "gzip of its line, alone",
          "<= 1.0 (0.9); <= 420 bytes",
          "done",
          3);

  @Override
  public List<Row> rows() {
    return List.of(record, bytes);
  }

  @Override
  public List<Sample> measure(Fork fork) throws Exception {
    List<Sample> samples = new ArrayList<>();
    try (ServedSpace space = ServedSpace.open(fork);
        Fsyncs fsyncs = new Fsyncs(fork.room().resolve("fsyncs"))) {
      Society society = space.society();
      Device device = society.reporter("reporter");
      samples.add(bytes(society, device, fork.scale().batch(fork.scale().changes(PUSH))));
      samples.add(record(device, fork.scale().changes(RECORDS), fsyncs));
    }
    samples.removeIf(sample -> !fork.wants(sample.row()));
    return samples;
  }

  private Sample bytes(Society society, Device device, int count) throws Exception {
    Reports reports = new Reports(count);
    List<NewRecord> records = new ArrayList<>();
    long gzipped = 0;
    long plain = 0;
    for (int i = 0; i < count; i++) {
      String line = reports.line();
      plain += line.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
      gzipped += Reports.gzipped(line);
      records.add(NewRecord.of(Reports.operations(line)));
    }
    device.recordAll(records);
    SyncResult result = society.sync(device);
    double each = (double) count;
    return Sample.of(bytes.name(), result.bytesUp() / each, gzipped / each)
        .with("plain_bytes", plain / each)
        .with("down_bytes", result.bytesDown() / each);
  }

  private Sample record(Device device, int count, Fsyncs fsyncs) throws Exception {
    Signatures signatures = new Signatures();
    Reports reports = new Reports(count);
    List<Double> taken = new ArrayList<>();
    List<Double> limits = new ArrayList<>();
    int warmUp = Math.min(WARM_UP, count);
    for (int i = 0; i < warmUp + count; i++) {
      NewRecord report = NewRecord.of(reports.next());
      long begin = System.nanoTime();
      device.record(report);
      long end = System.nanoTime();
      double limit = fsyncs.seconds() + signatures.signSeconds();
      if (i >= warmUp) {
        taken.add(MILLIS * (end - begin) / NANOS_PER_SECOND);
        limits.add(MILLIS * limit);
      }
    }
    return Sample.of(record.name(), Spread.of(taken).median(), Spread.of(limits).median());
  }
}
