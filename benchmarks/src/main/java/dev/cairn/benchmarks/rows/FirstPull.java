package dev.cairn.benchmarks.rows;

import dev.cairn.benchmarks.harness.Better;
import dev.cairn.benchmarks.harness.Family;
import dev.cairn.benchmarks.harness.Fork;
import dev.cairn.benchmarks.harness.Row;
import dev.cairn.benchmarks.harness.Sample;
import dev.cairn.benchmarks.harness.Spread;
import dev.cairn.benchmarks.limit.DurableInserts;
import dev.cairn.benchmarks.limit.SqliteScan;
import dev.cairn.benchmarks.limit.TlsCopy;
import dev.cairn.benchmarks.workload.Author;
import dev.cairn.benchmarks.workload.PlainClient;
import dev.cairn.benchmarks.workload.Society;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How fast a server gives a new desk everything; the desk only counts what comes. */
public final class FirstPull implements Family {

  private static final int CHANGES = 20_000;
  private static final int AUTHORS = 4;
  private static final int ROUNDS = 3;
  private static final int FRAME = 16;
  private static final int PUSH = 500;
  private static final long LIMIT_MILLIS = 500;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Row row =
      new Row(
          "pull",
          "pull",
          "changes/s",
          Better.MORE,
          "all that a space holds, pulled by a new desk over TLS from a server in its own process",
          "reading the same rows from SQLite, then copying the same bytes over TLS",
          ">= 0.5",
          "server",
          3);

  @Override
  public List<Row> rows() {
    return List.of(row);
  }

  @Override
  public List<Sample> measure(Fork fork) throws Exception {
    int changes = fork.scale().changes(CHANGES);
    Path file = fork.room().resolve("limit.db");
    try (ServedSpace space = ServedSpace.open(fork);
        DurableInserts inserts = new DurableInserts(file);
        TlsCopy tls = new TlsCopy(fork.room().resolve("tls"))) {
      Society society = space.society();
      Author desk = society.coordinator();
      List<Author> authors = society.reporters(AUTHORS);
      int push = Math.max(1, Math.min(PUSH, changes / AUTHORS));
      Load load = Load.prepare(society, authors, new Load.Shape(FRAME, push, AUTHORS, changes));
      load.run();
      inserts.fill(load.changes(), push);
      List<Double> rates = new ArrayList<>();
      long bytes = 0;
      try (PlainClient client = society.client(desk)) {
        pull(client);
        for (int i = 0; i < ROUNDS; i++) {
          long begin = System.nanoTime();
          bytes = pull(client);
          rates.add(load.changes().size() / ((System.nanoTime() - begin) / NANOS_PER_SECOND));
        }
      }
      double scan = SqliteScan.perSecond(file, fork.scale().millis(LIMIT_MILLIS));
      tls.bytesPerSecond(bytes);
      double copy = tls.bytesPerSecond(bytes) / bytes * load.changes().size();
      return List.of(
          Sample.of(row.name(), Spread.of(rates).median(), 1 / (1 / scan + 1 / copy))
              .with("sqlite_scan", scan)
              .with("tls_copy", copy)
              .with("bytes", bytes));
    }
  }

  private static long pull(PlainClient client) throws Exception {
    long next = 0;
    long bytes = 0;
    PlainClient.Pulled pulled = client.pull(next);
    while (pulled.next() > next) {
      bytes += pulled.bytes();
      next = pulled.next();
      pulled = client.pull(next);
    }
    return bytes;
  }
}
