package dev.cairn.benchmarks.rows;

import dev.cairn.benchmarks.harness.Better;
import dev.cairn.benchmarks.harness.Family;
import dev.cairn.benchmarks.harness.Fork;
import dev.cairn.benchmarks.harness.Row;
import dev.cairn.benchmarks.harness.Sample;
import dev.cairn.benchmarks.link.VirtualLink;
import dev.cairn.benchmarks.relay.LocalServer;
import dev.cairn.benchmarks.workload.Reports;
import dev.cairn.benchmarks.workload.Society;
import dev.cairn.client.Device;
import dev.cairn.client.report.NewRecord;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.sync.SyncResult;
import dev.cairn.client.transport.TransportException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real engine and the real ledger over a link of 9.6 kbit/s that never lasts; virtual time. */
public final class SlowestLink implements Family {

  private static final int REPORTS = 50;
  private static final double BITS_PER_SECOND = 9600;
  private static final double ROUND_TRIP_SECONDS = 1;
  private static final double LIFE_SECONDS = 30;
  private static final double SECONDS_A_CONNECTION = 6;
  private static final int BITS = 8;
  private static final int TRIES_MAX = 200;

  private final Row row =
      new Row(
          "slowest-link",
          "slowest-link",
          "s",
          Better.LESS,
          "--changes (50) reports of 1 KB over 9.6 kbit/s, 1 s round trip, cut every 30 s, in"
              + " virtual time, TLS handshakes included",
          "bits of the sealed reports + 6 s a connection",
          "<= 1.15",
          "sdk",
          1);

  @Override
  public List<Row> rows() {
    return List.of(row);
  }

  @Override
  public List<Sample> measure(Fork fork) throws Exception {
    int count = fork.scale().changes(REPORTS);
    Path room = Files.createDirectories(fork.room().resolve("virtual"));
    try (LocalServer server = new LocalServer(room.resolve("server"));
        Society society = Society.found(room, server.invitation(), server.transports())) {
      Device device = society.reporter("reporter");
      Reports reports = new Reports(count);
      List<NewRecord> records = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        records.add(NewRecord.of(reports.next()));
      }
      device.recordAll(records);
      long size = SyncTraffic.newest(device, count);
      VirtualLink link =
          new VirtualLink(server::answer, BITS_PER_SECOND, ROUND_TRIP_SECONDS, LIFE_SECONDS);
      int tries = untilAllArrived(device, link);
      double limit = size * BITS / BITS_PER_SECOND + SECONDS_A_CONNECTION * link.connections();
      return List.of(
          Sample.of(row.name(), link.now(), limit)
              .with("connections", link.connections())
              .with("syncs", tries)
              .with("bytes_up", link.traffic().bytesUp())
              .with("bytes_down", link.traffic().bytesDown())
              .with("bytes_of_the_reports", size));
    }
  }

  private static int untilAllArrived(Device device, VirtualLink link) throws Exception {
    for (int tries = 1; tries <= TRIES_MAX; tries++) {
      try {
        SyncResult result = device.sync(link, SyncListener.NONE);
        if (result.remaining() == 0) {
          return tries;
        }
      } catch (TransportException cut) {
        // Again, over a new connection.
        link.hangUp();
      }
    }
    throw new IllegalStateException("the reports never arrive");
  }
}
