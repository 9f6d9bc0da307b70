package dev.cairn.benchmarks.rows;

import dev.cairn.benchmarks.harness.Better;
import dev.cairn.benchmarks.harness.Family;
import dev.cairn.benchmarks.harness.Fork;
import dev.cairn.benchmarks.harness.Row;
import dev.cairn.benchmarks.harness.Sample;
import dev.cairn.benchmarks.limit.DurableInserts;
import dev.cairn.benchmarks.limit.StrictChecks;
import dev.cairn.benchmarks.workload.Author;
import dev.cairn.benchmarks.workload.Society;
import dev.cairn.protocol.feed.Change;
import java.util.ArrayList;
import java.util.List;

/** Changes a second that one server accepts over TLS, makes durable and gives receipts for. */
public final class Ingest implements Family {

  private static final int[] CLIENTS = {1, 8, 64};
  private static final int CHANGES = 6000;
  private static final int SINGLES_A_CLIENT = 300;
  private static final int SINGLES_CLIENTS = 8;
  private static final int WARM_UP = 4000;
  private static final int OFFERS_A_TRANSACTION = 4096;
  private static final long LIMIT_MILLIS = 300;
  private static final int FRAME = 16;

  /** One line: how many changes in a frame, in a push, and how many clients. */
  private record Point(String name, int frame, int push, int clients) {}

  private final List<Point> points = points();

  private static List<Point> points() {
    List<Point> points = new ArrayList<>();
    points.add(new Point("ingest", FRAME, 50, 8));
    for (int clients : CLIENTS) {
      points.add(new Point("ingest-f1-p1-c" + clients, 1, 1, clients));
    }
    for (int frame : new int[] {1, FRAME}) {
      for (int push : new int[] {50, 500}) {
        for (int clients : CLIENTS) {
          if (frame != FRAME || push != 50 || clients != 8) {
            String name = "ingest-f" + frame + "-p" + push + "-c" + clients;
            points.add(new Point(name, frame, push, clients));
          }
        }
      }
    }
    return points;
  }

  @Override
  public List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Point point : points) {
      rows.add(
          new Row(
              point.name(),
              "ingest",
              "changes/s",
              Better.MORE,
              "accepted, durable and receipted over TLS: frames of "
                  + point.frame()
                  + ", pushes of "
                  + point.push()
                  + ", clients "
                  + point.clients(),
              "the smaller of strict checks with hashing on all cores and durable inserts of as many"
                  + " as can be under way",
              point.push() < 50 ? "-" : ">= 0.7",
              "server",
              3));
    }
    return rows;
  }

  @Override
  public List<Sample> measure(Fork fork) throws Exception {
    List<Point> wanted = points.stream().filter(point -> fork.wants(point.name())).toList();
    List<Sample> samples = new ArrayList<>();
    try (ServedSpace space = ServedSpace.open(fork);
        DurableInserts inserts = new DurableInserts(fork.room().resolve("limit.db"))) {
      Society society = space.society();
      int most = 1;
      for (Point point : wanted) {
        most = Math.max(most, fork.scale().clients(point.clients()));
      }
      List<Author> authors = society.reporters(most);
      int warmUp = Math.min(WARM_UP, fork.scale().changes(WARM_UP));
      Load.prepare(society, authors, new Load.Shape(FRAME, 50, Math.min(most, 8), warmUp)).run();
      for (Point point : wanted) {
        samples.add(measure(fork, society, authors, point, inserts));
      }
    }
    return samples;
  }

  private static Sample measure(
      Fork fork, Society society, List<Author> authors, Point point, DurableInserts inserts)
      throws Exception {
    int clients = fork.scale().clients(point.clients());
    int usual = point.push() == 1 ? SINGLES_A_CLIENT * Math.min(clients, SINGLES_CLIENTS) : CHANGES;
    int changes = Math.max(clients, fork.scale().changes(usual));
    int push = fork.scale().batch(point.push());
    if (fork.scale().changes().isPresent()) {
      push = Math.min(push, Math.max(1, changes / clients));
    }
    Load load =
        Load.prepare(society, authors, new Load.Shape(point.frame(), push, clients, changes));
    List<Change> sample = load.changes().subList(0, Math.min(500, load.changes().size()));
    int batch = Math.min(OFFERS_A_TRANSACTION, push * clients);
    StrictChecks checks = new StrictChecks(society.space());
    double strictBefore =
        checks.perSecond(load.pushes(), StrictChecks.cores(), fork.scale().millis(LIMIT_MILLIS));
    double durableBefore = inserts.perSecond(sample, batch, fork.scale().millis(LIMIT_MILLIS));
    double seconds = load.run();
    double strict =
        (strictBefore
                + checks.perSecond(
                    load.pushes(), StrictChecks.cores(), fork.scale().millis(LIMIT_MILLIS)))
            / 2;
    double durable =
        (durableBefore + inserts.perSecond(sample, batch, fork.scale().millis(LIMIT_MILLIS))) / 2;
    return Sample.of(point.name(), load.changes().size() / seconds, Math.min(strict, durable))
        .with("strict_checks", strict)
        .with("durable_inserts", durable)
        .with("changes", load.changes().size());
  }
}
