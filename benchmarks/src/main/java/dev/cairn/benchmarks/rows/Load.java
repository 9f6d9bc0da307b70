package dev.cairn.benchmarks.rows;

import dev.cairn.benchmarks.workload.Author;
import dev.cairn.benchmarks.workload.PlainClient;
import dev.cairn.benchmarks.workload.Push;
import dev.cairn.benchmarks.workload.Society;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.Receipt;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.suite.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients that push at the same time what was made ready before. */
final class Load {

  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * How much.
   *
   * @param frame changes in a frame
   * @param push changes in a push
   * @param clients at once
   * @param changes in all, rounded up to whole pushes
   */
  record Shape(int frame, int push, int clients, int changes) {}

  private record Lane(Author author, List<Change> changes, List<Push> pushes) {}

  private final Society society;
  private final List<Lane> lanes = new ArrayList<>();

  private Load(Society society) {
    this.society = society;
  }

  /** Writes and seals everything, on all cores. */
  static Load prepare(Society society, List<Author> authors, Shape shape) throws Exception {
    int rounds = Math.max(1, shape.changes() / (shape.clients() * shape.push()));
    RosterState roster = society.roster();
    Load load = new Load(society);
    List<Callable<Lane>> work = new ArrayList<>();
    for (Author author : authors.subList(0, shape.clients())) {
      work.add(
          () -> {
            List<Change> changes = author.write(roster, rounds * shape.push());
            return new Lane(author, changes, Push.all(changes, shape.push(), shape.frame()));
          });
    }
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      for (Future<Lane> lane : pool.invokeAll(work)) {
        load.lanes.add(lane.get());
      }
    } finally {
      pool.shutdown();
    }
    return load;
  }

  /** All pushes. */
  List<Push> pushes() {
    List<Push> pushes = new ArrayList<>();
    lanes.forEach(lane -> pushes.addAll(lane.pushes()));
    return pushes;
  }

  /** All changes. */
  List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    lanes.forEach(lane -> changes.addAll(lane.changes()));
    return changes;
  }

  /**
   * Pushes everything; from the first byte of the first to the last receipt of the last. That the
   * receipts prove what was sent is checked when the clock has stopped.
   */
  double run() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(lanes.size());
    CountDownLatch ready = new CountDownLatch(lanes.size());
    CountDownLatch go = new CountDownLatch(1);
    List<Future<List<PlainClient.Answer>>> running = new ArrayList<>();
    try {
      for (Lane lane : lanes) {
        running.add(pool.submit(() -> push(lane, ready, go)));
      }
      ready.await();
      long begin = System.nanoTime();
      go.countDown();
      List<List<PlainClient.Answer>> answers = new ArrayList<>();
      for (Future<List<PlainClient.Answer>> each : running) {
        answers.add(each.get());
      }
      double seconds = (System.nanoTime() - begin) / NANOS_PER_SECOND;
      verify(answers);
      return seconds;
    } finally {
      pool.shutdown();
    }
  }

  /** Pushes everything, one client after another, where nothing is timed. */
  void runInTurn() throws Exception {
    for (Lane lane : lanes) {
      try (PlainClient client = society.client(lane.author())) {
        for (Push push : lane.pushes()) {
          client.push(push);
        }
      }
    }
  }

  private List<PlainClient.Answer> push(Lane lane, CountDownLatch ready, CountDownLatch go)
      throws Exception {
    try (PlainClient client = society.client(lane.author())) {
      // The connection is there and the nonce known before the clock starts.
      client.push(new Push(List.of(), List.of()));
      ready.countDown();
      go.await();
      List<PlainClient.Answer> answers = new ArrayList<>();
      for (Push push : lane.pushes()) {
        answers.add(client.push(push));
      }
      return answers;
    } finally {
      ready.countDown();
    }
  }

  private void verify(List<List<PlainClient.Answer>> answers) throws Exception {
    LogKey key = society.roster().logs().get(society.roster().logs().lastKey());
    if (key == null) {
      throw new IllegalStateException("the roster has no genesis");
    }
    for (int lane = 0; lane < lanes.size(); lane++) {
      for (int i = 0; i < answers.get(lane).size(); i++) {
        List<Digest> leaves = lanes.get(lane).pushes().get(i).leaves();
        int from = 0;
        for (Receipt receipt : answers.get(lane).get(i).receipts()) {
          int to = from + (int) receipt.proof().count();
          receipt.verify(leaves.subList(from, to), key);
          from = to;
        }
      }
    }
  }
}
