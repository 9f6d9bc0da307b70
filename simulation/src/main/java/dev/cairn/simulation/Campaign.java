package dev.cairn.simulation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Plays many worlds, several at once; each is one thread and knows nothing of the others, so that
 * what comes of a seed does not depend on how many run.
 */
public final class Campaign {

  private final Folders folders;
  private final int threads;
  private final Worlds worlds;

  /** Plays in these folders, so many at once. */
  public Campaign(Folders folders, int threads) {
    this(folders, threads, Worlds.SIMULATED);
  }

  /** The same on other disks. */
  public Campaign(Folders folders, int threads, Worlds worlds) {
    this.folders = folders;
    this.threads = threads;
    this.worlds = worlds;
  }

  /**
   * Plays one world after the other until there are no more seeds or it is time to end.
   *
   * @param first seed
   * @param last seed, itself among them
   * @param ended whether no further world is begun
   * @param each is told of each world, in the order of seeds
   */
  public void play(
      long first, long last, Scope scope, BooleanSupplier ended, Consumer<Outcome> each) {
    AtomicLong next = new AtomicLong(first);
    InOrder inOrder = new InOrder(first, each);
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread worker =
          new Thread(
              () -> {
                while (!inOrder.failed() && !ended.getAsBoolean()) {
                  long seed = next.getAndIncrement();
                  if (seed > last || seed < first) {
                    return;
                  }
                  inOrder.play(() -> play(seed, scope));
                }
              },
              "cairn-sim-" + i);
      worker.setDaemon(true);
      worker.start();
      workers.add(worker);
    }
    inOrder.await(workers);
  }

  /** Plays one world, here. */
  public Outcome play(long seed, Scope scope) {
    Path folder = folders.make();
    try {
      return worlds.play(seed, scope, folder);
    } finally {
      folders.remove(folder);
    }
  }
}
