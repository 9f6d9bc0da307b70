package dev.cairn.benchmarks.rows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cairn.benchmarks.harness.Better;
import dev.cairn.benchmarks.harness.Family;
import dev.cairn.benchmarks.harness.Fork;
import dev.cairn.benchmarks.harness.Row;
import dev.cairn.benchmarks.harness.Sample;
import dev.cairn.benchmarks.link.SlowProxy;
import dev.cairn.benchmarks.link.SlowProxy.Slowness;
import dev.cairn.benchmarks.relay.ServerProcess;
import dev.cairn.benchmarks.workload.Reports;
import dev.cairn.benchmarks.workload.Society;
import dev.cairn.client.Cairn;
import dev.cairn.client.Device;
import dev.cairn.client.okhttp.OkHttpTransport;
import dev.cairn.client.report.NewRecord;
import dev.cairn.client.report.ReportState;
import dev.cairn.client.vault.KeyProtector;
import dev.cairn.protocol.CairnException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code cairn sync} in a process of its own, over a slow link to a server in its own. */
public final class SlowLink implements Family {

  private static final int REPORTS = 100;
  private static final double UP_BITS = 64_000;
  private static final double DOWN_BITS = 128_000;
  private static final double ROUND_TRIP_SECONDS = 0.6;
  private static final double CUT_SECONDS = 8;
  private static final double FOREVER = 1e9;
  private static final int TRIES_MAX = 30;
  private static final int BITS = 8;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Row whole =
      new Row(
          "slow-link",
          "slow-link",
          "s",
          Better.LESS,
          "one cairn sync of --changes (100) reports of 1 KB, from its start to its end, over 64"
              + " kbit/s up, 128 down, 600 ms round trip, TLS included",
          "bits of the sealed reports at 64 kbit/s + 2 round trips",
          "<= 8 s",
          "sdk",
          3);
  private final Row cut =
      new Row(
          "slow-link-cut",
          "slow-link",
          "s",
          Better.LESS,
          "the same, cairn sync again and again, every connection killed after 8 s",
          "the same without cuts",
          "<= 20 s, progress each time",
          "sdk",
          3);

  @Override
  public List<Row> rows() {
    return List.of(whole, cut);
  }

  @Override
  public List<Sample> measure(Fork fork) throws Exception {
    int count = fork.scale().changes(REPORTS);
    List<Sample> samples = new ArrayList<>();
    try (SlowProxy proxy = new SlowProxy();
        ServerProcess server =
            ServerProcess.start(fork, "--address", "127.0.0.1:" + proxy.port())) {
      proxy.target(server.port());
      Path people = Files.createDirectories(fork.room().resolve("people"));
      Files.write(
          fork.room().resolve("passphrase"),
          "three stones\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      try (Society society = Society.found(people, server.invitation(), OkHttpTransport::to)) {
        society.reporter("reporter").close();
      }
      Path store = people.resolve("reporter");
      double nothing = fork.scale().isTrial() ? Double.NaN : sync(fork, store);
      long size = record(store, count);
      double limit = size * BITS / UP_BITS + 2 * ROUND_TRIP_SECONDS;
      long up = proxy.bytesUp();
      long down = proxy.bytesDown();
      proxy.slow(new Slowness(UP_BITS, DOWN_BITS, ROUND_TRIP_SECONDS, FOREVER));
      double seconds = sync(fork, store);
      samples.add(
          Sample.of(whole.name(), seconds, limit)
              .with("sync_of_nothing_without_the_link", nothing)
              .with("bytes_up_with_tls", proxy.bytesUp() - up)
              .with("bytes_down_with_tls", proxy.bytesDown() - down)
              .with("bytes_of_the_reports", size));
      requireReceived(store, count);
      if (fork.wants(cut.name())) {
        samples.add(cut(fork, proxy, store, count, seconds));
      }
    }
    samples.removeIf(sample -> !fork.wants(sample.row()));
    return samples;
  }

  private Sample cut(Fork fork, SlowProxy proxy, Path store, int count, double without)
      throws Exception {
    record(store, count);
    proxy.slow(new Slowness(UP_BITS, DOWN_BITS, ROUND_TRIP_SECONDS, CUT_SECONDS));
    int before = proxy.connections();
    long waiting = count;
    double seconds = 0;
    int vain = 0;
    int tries = 0;
    while (waiting > 0) {
      if (++tries > TRIES_MAX) {
        throw new IllegalStateException(waiting + " of " + count + " never arrive");
      }
      seconds += sync(fork, store);
      long left = waiting(store);
      vain += left == waiting ? 1 : 0;
      waiting = left;
    }
    return Sample.of(cut.name(), seconds, without)
        .with("syncs", tries)
        .with("connections", proxy.connections() - before)
        .with("syncs_without_progress", vain);
  }

  private static double sync(Fork fork, Path store) throws IOException, InterruptedException {
    Path printed = fork.room().resolve("printed");
    ProcessBuilder builder =
        new ProcessBuilder(
            fork.command(
                List.of(
                    "sync",
                    "--data",
                    store.toString(),
                    "--passphrase-file",
                    fork.room().resolve("passphrase").toString(),
                    "--json")));
    builder.environment().putAll(ServerProcess.environment());
    builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectOutput(Redirect.to(printed.toFile()));
    builder.redirectError(Redirect.to(fork.room().resolve("sync.log").toFile()));
    long begin = System.nanoTime();
    int exit = builder.start().waitFor();
    double seconds = (System.nanoTime() - begin) / NANOS_PER_SECOND;
    JsonNode told = new ObjectMapper().readTree(Files.readString(printed));
    boolean isCut = told.path("error").path("code").asText().equals("server.unreachable");
    if (exit != 0 && !isCut) {
      throw new IllegalStateException("cairn sync ended with " + exit + ": " + told);
    }
    return seconds;
  }

  private static Device open(Path store) throws CairnException {
    return Cairn.open(store, Society.passphrase(), KeyProtector.NONE);
  }

  private static long record(Path store, int count) throws CairnException {
    Reports reports = new Reports(count);
    List<NewRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(NewRecord.of(reports.next()));
    }
    try (Device device = open(store)) {
      device.recordAll(records);
      return SyncTraffic.newest(device, count);
    }
  }

  private static long waiting(Path store) throws CairnException {
    try (Device device = open(store)) {
      return device.list().stream().filter(report -> report.state() == ReportState.SAVED).count();
    }
  }

  private static void requireReceived(Path store, int count) throws CairnException {
    long waiting = waiting(store);
    if (waiting > 0) {
      throw new IllegalStateException(waiting + " of " + count + " have no receipt");
    }
  }
}
