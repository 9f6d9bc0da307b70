package dev.cairn.benchmarks.rows;

import dev.cairn.benchmarks.harness.Better;
import dev.cairn.benchmarks.harness.Family;
import dev.cairn.benchmarks.harness.Fork;
import dev.cairn.benchmarks.harness.Row;
import dev.cairn.benchmarks.harness.Sample;
import dev.cairn.benchmarks.harness.Spread;
import dev.cairn.benchmarks.limit.Fsyncs;
import dev.cairn.benchmarks.limit.Signatures;
import dev.cairn.benchmarks.workload.Author;
import dev.cairn.benchmarks.workload.PlainClient;
import dev.cairn.benchmarks.workload.Push;
import dev.cairn.benchmarks.workload.Society;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** How long one push of one change takes until its receipt is there, on a connection that is. */
public final class Latency implements Family {

  private static final int PUSHES = 200;
  private static final int WARM_UP = 200;
  private static final int FRAME = 16;
  private static final int LOAD_PUSH = 50;
  private static final int LOAD_CHANGES = 4000;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MILLIS = 1000;

  private final Row idle = row("latency-idle", "on an idle server");
  private final Row busy =
      row("latency-busy", "while another client pushes half of what the server takes of it");

  private static Row row(String name, String when) {
    return new Row(
        name,
        "latency",
        "ms",
        Better.LESS,
        "one change pushed and its receipt received, the median, " + when,
        "one fdatasync and one strict verification",
        "<= 3",
        "server",
        3);
  }

  @Override
  public List<Row> rows() {
    return List.of(idle, busy);
  }

  @Override
  public List<Sample> measure(Fork fork) throws Exception {
    int count = fork.scale().changes(PUSHES);
    List<Sample> samples = new ArrayList<>();
    try (ServedSpace space = ServedSpace.open(fork);
        Fsyncs fsyncs = new Fsyncs(fork.room().resolve("fsyncs"))) {
      Society society = space.society();
      List<Author> authors = society.reporters(2);
      List<Author> loading = authors.subList(1, 2);
      try (PlainClient client = society.client(authors.get(0))) {
        times(client, pushes(society, authors.get(0), Math.min(WARM_UP, count)), fsyncs);
        int load = Math.min(LOAD_CHANGES, 20 * count);
        Load full =
            Load.prepare(
                society, loading, new Load.Shape(FRAME, Math.min(LOAD_PUSH, load), 1, load));
        double rate = full.changes().size() / full.run();
        if (fork.wants(idle.name())) {
          samples.add(sample(idle, times(client, pushes(society, authors.get(0), count), fsyncs)));
        }
        if (fork.wants(busy.name())) {
          List<Push> own = pushes(society, authors.get(0), count);
          Load half =
              Load.prepare(
                  society, loading, new Load.Shape(FRAME, Math.min(LOAD_PUSH, load), 1, load));
          AtomicBoolean done = new AtomicBoolean();
          Thread background =
              new Thread(
                  () -> keepBusy(society, loading.get(0), half, rate / 2, done), "half-load");
          background.start();
          samples.add(
              sample(busy, times(client, own, fsyncs)).with("full_load_changes_per_second", rate));
          done.set(true);
          background.join();
        }
      }
    }
    return samples;
  }

  private static List<Push> pushes(Society society, Author author, int count) {
    return Push.all(author.write(society.roster(), count), 1, 1);
  }

  /** Pushes at a pace until there is no more to push, or it is enough. */
  private static void keepBusy(
      Society society, Author author, Load load, double rate, AtomicBoolean done) {
    try (PlainClient client = society.client(author)) {
      long begin = System.nanoTime();
      long sent = 0;
      for (Push push : load.pushes()) {
        if (done.get()) {
          return;
        }
        client.push(push);
        sent += push.leaves().size();
        long due = begin + (long) (sent / rate * NANOS_PER_SECOND);
        long wait = due - System.nanoTime();
        if (wait > 0) {
          Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
        }
      }
    } catch (Exception e) {
      // The other client has what it measures; that the load broke off would show as a low figure.
      throw new IllegalStateException("the load broke off", e);
    }
  }

  private record Times(List<Double> pushes, List<Double> limits) {}

  private static Times times(PlainClient client, List<Push> pushes, Fsyncs fsyncs)
      throws Exception {
    Signatures signatures = new Signatures();
    List<Double> taken = new ArrayList<>();
    List<Double> limits = new ArrayList<>();
    for (Push push : pushes) {
      long begin = System.nanoTime();
      client.push(push);
      taken.add(MILLIS * (System.nanoTime() - begin) / NANOS_PER_SECOND);
      limits.add(MILLIS * (fsyncs.seconds() + signatures.verifySeconds()));
    }
    return new Times(taken, limits);
  }

  private static Sample sample(Row row, Times times) {
    List<Double> sorted = new ArrayList<>(times.pushes());
    Collections.sort(sorted);
    return Sample.of(
            row.name(), Spread.of(times.pushes()).median(), Spread.of(times.limits()).median())
        .with("p99_ms", sorted.get((int) (0.99 * (sorted.size() - 1))));
  }
}
