package dev.cairn.benchmarks.rows;

import dev.cairn.benchmarks.harness.Better;
import dev.cairn.benchmarks.harness.Family;
import dev.cairn.benchmarks.harness.Fork;
import dev.cairn.benchmarks.harness.Row;
import dev.cairn.benchmarks.harness.Sample;
import dev.cairn.benchmarks.workload.Author;
import dev.cairn.benchmarks.workload.PlainClient;
import dev.cairn.benchmarks.workload.Push;
import dev.cairn.benchmarks.workload.Reports;
import dev.cairn.benchmarks.workload.Society;
import dev.cairn.client.Device;
import dev.cairn.client.report.NewRecord;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.sync.SyncResult;
import dev.cairn.client.transport.Transport;
import dev.cairn.desk.Desk;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Change;
import java.util.ArrayList;
import java.util.List;

/** Bytes and requests of a sync that has little to do in a space that holds much. */
public final class SyncTraffic implements Family {

  private static final int CHANGES = 100_000;
  private static final int AUTHORS = 4;
  private static final int BATCH = 500;
  private static final int[] NEW = {0, 1, 100};
  private static final double ALLOWED = 1.05;
  private static final int ALLOWED_BYTES = 1024;

  @Override
  public List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (int count : NEW) {
      rows.add(row("sync-send-" + count, "a device sends " + count + " new of its own"));
    }
    for (int count : NEW) {
      rows.add(
          row(
              "sync-fetch-" + count,
              "a desk fetches " + count + " new and tells their author, which is a change too"));
    }
    return rows;
  }

  private static Row row(String name, String about) {
    return new Row(
        name,
        "sync-traffic",
        "bytes",
        Better.LESS,
        "HTTP heads (as text) and bodies, both ways, of one sync in which "
            + about
            + "; the space holds --changes",
        "1.05 x the new changes as written in frames + 1 KB",
        "<= 1, in <= 2 requests",
        "sync",
        1);
  }

  @Override
  public List<Sample> measure(Fork fork) throws Exception {
    int changes = fork.scale().changes(CHANGES);
    List<Sample> samples = new ArrayList<>();
    try (ServedSpace space = ServedSpace.open(fork)) {
      Society society = space.society();
      Device reporter = society.reporter("reporter");
      fill(society, changes);
      // A session and its first report, and the desk's first sight of all, are not what is asked.
      record(reporter, 1);
      society.sync(reporter);
      fetch(society);
      society.sync(reporter);
      fetch(society);
      society.sync(reporter);
      for (int count : NEW) {
        record(reporter, count);
        long size = newest(reporter, count);
        samples.add(sample("sync-send-" + count, society.sync(reporter), size));
        int said = own(society.owner()).size();
        SyncResult fetched = fetch(society);
        int confirmations = own(society.owner()).size() - said;
        long sizeOfBoth = size + newest(society.owner(), confirmations);
        samples.add(
            sample("sync-fetch-" + count, fetched, sizeOfBoth)
                .with("of_them_the_desks_own", confirmations));
        society.sync(reporter);
      }
    }
    samples.removeIf(sample -> !fork.wants(sample.row()));
    return samples;
  }

  private static Sample sample(String row, SyncResult result, long size) {
    double allowed = ALLOWED * size + ALLOWED_BYTES;
    return Sample.of(row, (double) result.bytesUp() + result.bytesDown(), allowed)
        .with("requests", result.requests())
        .with("bytes_up", result.bytesUp())
        .with("bytes_down", result.bytesDown())
        .with("bytes_of_the_changes", size);
  }

  private static SyncResult fetch(Society society) throws CairnException {
    try (Transport transport = society.transport()) {
      return Desk.over(society.owner()).sync(transport, SyncListener.NONE);
    }
  }

  private static void fill(Society society, int changes) throws CairnException {
    List<Author> authors = society.reporters(AUTHORS);
    for (Author author : authors) {
      List<Change> own = author.write(society.roster(), Math.max(2, changes / AUTHORS));
      try (PlainClient client = society.client(author)) {
        for (Push push : Push.all(own, BATCH, 16)) {
          client.push(push);
        }
      }
    }
  }

  private static void record(Device device, int count) throws CairnException {
    Reports reports = new Reports(count);
    List<NewRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(NewRecord.of(reports.next()));
    }
    if (count > 0) {
      device.recordAll(records);
    }
  }

  /** The size of a device's newest changes as a stream of frames. */
  static long newest(Device device, int count) throws CairnException {
    List<Change> own = own(device);
    List<Change> newest = own.subList(own.size() - count, own.size());
    // Written behind the one before, as in a stream that goes on.
    return count == 0 ? 0 : Push.of(newest, 16).sizeBytes();
  }

  private static List<Change> own(Device device) throws CairnException {
    List<Change> own = new ArrayList<>();
    device.openedChanges(
        held -> {
          if (held.change().prefix().device().equals(device.profile().device())) {
            own.add(held.change());
          }
        });
    return own;
  }
}
