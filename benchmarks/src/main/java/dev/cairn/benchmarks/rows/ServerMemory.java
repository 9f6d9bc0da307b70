package dev.cairn.benchmarks.rows;

import dev.cairn.benchmarks.harness.Better;
import dev.cairn.benchmarks.harness.Family;
import dev.cairn.benchmarks.harness.Fork;
import dev.cairn.benchmarks.harness.Row;
import dev.cairn.benchmarks.harness.Sample;
import dev.cairn.benchmarks.relay.ServerProcess;
import dev.cairn.benchmarks.workload.Author;
import dev.cairn.benchmarks.workload.Society;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The heap of a server that many devices have pushed much to. */
public final class ServerMemory implements Family {

  private static final int CHANGES = 10_000;
  private static final int DEVICES = 200;
  private static final int PUSH = 50;
  private static final int LANES = 8;
  private static final int FRAME = 16;
  private static final Pattern USED = Pattern.compile("(?m)^ *+(?!Metaspace|class).*used (\\d+)K");

  private final Row row =
      new Row(
          "server-heap",
          "server-heap",
          "MB",
          Better.LESS,
          "live heap of a server after --clients (200) devices were let in and --changes (10,000)"
              + " pushed; at full size --clients 9000 --changes 1000000",
          "",
          "<= 256 MB at 10,000 devices and 1 M changes, flat under ingest",
          "server",
          1);

  @Override
  public List<Row> rows() {
    return List.of(row);
  }

  @Override
  public List<Sample> measure(Fork fork) throws Exception {
    int devices = fork.scale().clients(DEVICES);
    int changes = fork.scale().changes(CHANGES);
    try (ServedSpace space = ServedSpace.open(fork)) {
      Society society = space.society();
      double empty = liveMb(space.server());
      List<Author> authors = society.reporters(devices);
      double admitted = liveMb(space.server());
      int lanes = Math.min(LANES, devices);
      push(society, authors, lanes, changes / 2);
      double half = liveMb(space.server());
      push(society, authors, lanes, changes / 2);
      return List.of(
          Sample.of(row.name(), liveMb(space.server()), Double.NaN)
              .with("empty_mb", empty)
              .with("with_devices_mb", admitted)
              .with("at_half_mb", half)
              .with("peak_resident_mb", space.server().peakResidentMb())
              .with("ledger_mb", space.server().ledgerBytes() / 1e6));
    }
  }

  /** Every device in its turn, some at a time, so that a million changes fit this process too. */
  private static void push(Society society, List<Author> authors, int lanes, int changes)
      throws Exception {
    int each = Math.max(1, changes / authors.size());
    for (int from = 0; from < authors.size(); from += lanes) {
      List<Author> some = authors.subList(from, Math.min(authors.size(), from + lanes));
      int push = Math.min(PUSH, each);
      Load.prepare(society, some, new Load.Shape(FRAME, push, some.size(), each * some.size()))
          .run();
    }
  }

  private static double liveMb(ServerProcess server) throws IOException {
    tell(server, "GC.run");
    double kib = 0;
    Matcher used = USED.matcher(tell(server, "GC.heap_info"));
    while (used.find()) {
      kib += Long.parseLong(used.group(1));
    }
    return kib * 1024 / 1e6;
  }

  private static String tell(ServerProcess server, String command) throws IOException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), String.valueOf(server.pid()), command)
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
