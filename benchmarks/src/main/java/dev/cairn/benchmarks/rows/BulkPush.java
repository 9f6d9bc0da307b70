package dev.cairn.benchmarks.rows;

import dev.cairn.benchmarks.harness.Better;
import dev.cairn.benchmarks.harness.Family;
import dev.cairn.benchmarks.harness.Fork;
import dev.cairn.benchmarks.harness.Row;
import dev.cairn.benchmarks.harness.Sample;
import dev.cairn.benchmarks.limit.StrictChecks;
import dev.cairn.benchmarks.relay.ServerProcess;
import dev.cairn.benchmarks.workload.Author;
import dev.cairn.benchmarks.workload.Society;
import java.util.ArrayList;
import java.util.List;

/** What a server process takes while one client pushes 10,000 sealed reports of 1 KB. */
public final class BulkPush implements Family {

  private static final int CHANGES = 10_000;
  private static final int FRAME = 16;
  private static final int PUSH = 500;
  private static final long LIMIT_MILLIS = 500;

  private final Row cpu =
      new Row(
          "bulk-cpu",
          "bulk",
          "s",
          Better.LESS,
          "processor time of a warm server while one client pushes --changes (10,000) reports",
          "strict checks with hashing of the same frames, on one core",
          "<= 0.8 s for 10,000",
          "server",
          3);
  private final Row memory =
      new Row(
          "bulk-memory",
          "bulk",
          "MB",
          Better.LESS,
          "the most memory that the same server process ever held",
          "",
          "<= 256 MB",
          "server",
          3);

  @Override
  public List<Row> rows() {
    return List.of(cpu, memory);
  }

  @Override
  public List<Sample> measure(Fork fork) throws Exception {
    int changes = fork.scale().changes(CHANGES);
    int push = Math.min(changes, fork.scale().batch(PUSH));
    List<Sample> samples = new ArrayList<>();
    try (ServedSpace space = ServedSpace.open(fork)) {
      Society society = space.society();
      ServerProcess server = space.server();
      List<Author> authors = society.reporters(1);
      Load.Shape shape = new Load.Shape(FRAME, push, 1, changes);
      Load.prepare(society, authors, shape).run();
      Load load = Load.prepare(society, authors, shape);
      double before = server.cpuSeconds();
      double seconds = load.run();
      double taken = Math.max(1e-3, server.cpuSeconds() - before);
      double checks =
          new StrictChecks(society.space())
              .perSecond(load.pushes(), 1, fork.scale().millis(LIMIT_MILLIS));
      int count = load.changes().size();
      if (fork.wants(cpu.name())) {
        samples.add(
            Sample.of(cpu.name(), taken, count / checks)
                .with("changes", count)
                .with("seconds", seconds)
                .with("changes_per_second", count / seconds));
      }
      if (fork.wants(memory.name())) {
        samples.add(
            Sample.of(memory.name(), server.peakResidentMb(), Double.NaN)
                .with("resident_mb_at_the_end", server.residentMb()));
      }
    }
    return samples;
  }
}
