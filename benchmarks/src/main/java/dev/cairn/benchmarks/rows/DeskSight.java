package dev.cairn.benchmarks.rows;

import dev.cairn.benchmarks.harness.Better;
import dev.cairn.benchmarks.harness.Family;
import dev.cairn.benchmarks.harness.Fork;
import dev.cairn.benchmarks.harness.Row;
import dev.cairn.benchmarks.harness.Sample;
import dev.cairn.benchmarks.limit.AeadOpens;
import dev.cairn.benchmarks.limit.StrictChecks;
import dev.cairn.benchmarks.relay.LocalServer;
import dev.cairn.benchmarks.workload.Author;
import dev.cairn.benchmarks.workload.Society;
import dev.cairn.client.Device;
import dev.cairn.desk.Desk;
import dev.cairn.protocol.feed.Ciphertext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a desk does with a space that it has never seen, and with one that it has. */
public final class DeskSight implements Family {

  private static final int CHANGES = 10_000;
  private static final int AUTHORS = 4;
  private static final int PUSH = 500;

  /**
   * Written, sealed and sent together; what a desk has to hold is not to share the heap with it.
   */
  private static final int LOAD = 20_000;

  private static final int TENTH = 10;
  private static final int FRAME = 16;
  private static final long LIMIT_MILLIS = 500;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Row single = sight("desk-first-sight", "each signed by itself");
  private final Row framed = sight("desk-first-sight-f16", "16 to a signature");
  private final Row rebuild =
      new Row(
          "desk-rebuild",
          "desk",
          "s",
          Better.LESS,
          "an opened desk decrypts and merges all it holds, --changes (10,000) verified before",
          "decrypting as many bodies of that size, on one core",
          "1 M in < 60 s",
          "desk",
          3);

  private static Row sight(String name, String how) {
    return new Row(
        name,
        "desk",
        "s",
        Better.LESS,
        "a desk pulls --changes (10,000) reports, "
            + how
            + ": checks, stores, decrypts, merges and indexes all; the server's own time taken off",
        "strict checks with hashing of the same frames on all cores",
        "<= 1.2, linear",
        "desk",
        3);
  }

  @Override
  public List<Row> rows() {
    return List.of(single, framed, rebuild);
  }

  /** One space, and how long it took to see it. */
  private record Seen(double seconds, double limit, double rebuildSeconds, double opensSeconds) {}

  @Override
  public List<Sample> measure(Fork fork) throws Exception {
    int changes = Math.max(2 * AUTHORS, fork.scale().changes(CHANGES));
    int tenth = Math.max(2 * AUTHORS, changes / TENTH);
    List<Sample> samples = new ArrayList<>();
    if (!fork.scale().isTrial()) {
      see(fork, "warm-up", tenth, 1);
    }
    if (fork.wants(single.name()) || fork.wants(rebuild.name())) {
      double small = fork.scale().isTrial() ? Double.NaN : see(fork, "small", tenth, 1).seconds();
      Seen seen = see(fork, "single", changes, 1);
      double growth = seen.seconds() / changes / (small / tenth);
      samples.add(
          Sample.of(single.name(), seen.seconds(), seen.limit())
              .with("changes_per_second", changes / seen.seconds())
              .with("time_a_change_by_that_of_a_tenth", growth));
      samples.add(
          Sample.of(rebuild.name(), seen.rebuildSeconds(), seen.opensSeconds())
              .with("changes_per_second", changes / seen.rebuildSeconds()));
    }
    if (fork.wants(framed.name())) {
      Seen seen = see(fork, "framed", changes, FRAME);
      samples.add(
          Sample.of(framed.name(), seen.seconds(), seen.limit())
              .with("changes_per_second", changes / seen.seconds()));
    }
    samples.removeIf(sample -> !fork.wants(sample.row()));
    return samples;
  }

  private static Seen see(Fork fork, String name, int changes, int frame) throws Exception {
    Path room = Files.createDirectories(fork.room().resolve(name));
    try (LocalServer server = new LocalServer(room.resolve("server"));
        Society society = Society.found(room, server.invitation(), server.transports())) {
      Filled filled = fill(society, frame, changes);
      Load load = filled.beginning();
      long spent = server.nanos();
      long begin = System.nanoTime();
      society.sync(society.owner());
      long records = Desk.readable(society.owner()).states().size();
      long taken = System.nanoTime() - begin - (server.nanos() - spent);
      double strict =
          new StrictChecks(society.space())
              .perSecond(load.pushes(), StrictChecks.cores(), fork.scale().millis(LIMIT_MILLIS));
      Device again = society.reopenedOwner();
      long rebuildBegin = System.nanoTime();
      long rebuilt = Desk.readable(again).states().size();
      double rebuildSeconds = (System.nanoTime() - rebuildBegin) / NANOS_PER_SECOND;
      if (records == 0 || rebuilt != records) {
        throw new IllegalStateException("the desk does not see what was sent");
      }
      return new Seen(
          taken / NANOS_PER_SECOND,
          filled.changes() / strict,
          rebuildSeconds,
          records / AeadOpens.perSecond(bodyBytes(load), fork.scale().millis(LIMIT_MILLIS)));
    }
  }

  /** What a server was filled with: the beginning of it, for the limits, and how much it is. */
  private record Filled(Load beginning, int changes) {}

  private static Filled fill(Society society, int frame, int changes) throws Exception {
    List<Author> authors = society.reporters(AUTHORS);
    Filled filled = null;
    for (int sent = 0; sent < changes; sent += LOAD) {
      int count = Math.min(LOAD, changes - sent);
      int push = Math.max(1, Math.min(PUSH, count / AUTHORS));
      Load load = Load.prepare(society, authors, new Load.Shape(frame, push, AUTHORS, count));
      load.runInTurn();
      int more = load.changes().size();
      filled =
          filled == null
              ? new Filled(load, more)
              : new Filled(filled.beginning(), filled.changes() + more);
    }
    return Objects.requireNonNull(filled);
  }

  private static int bodyBytes(Load load) {
    return (int)
        load.changes().stream()
            .flatMap(change -> change.ciphertext().stream())
            .mapToInt(Ciphertext::sizeBytes)
            .average()
            .orElse(512);
  }
}
