package dev.cairn.simulation.mutant;

import dev.cairn.simulation.Folders;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Tries many mutants, several at once. */
public final class Trials {

  private final Folders folders;
  private final int threads;
  private final int steps;
  private final DiskTrials disks;

  /**
   * Tries in these folders.
   *
   * @param threads mutants at once
   * @param steps of each world
   * @param disks tries what no simulated disk shows
   */
  public Trials(Folders folders, int threads, int steps, DiskTrials disks) {
    this.folders = folders;
    this.threads = threads;
    this.steps = steps;
    this.disks = disks;
  }

  /**
   * Tries each in the worlds of these seeds until it is caught.
   *
   * @param lastSeed itself among them
   * @param each is told of each as soon as it is known, by any thread
   * @return what became of each, in their order
   */
  public List<Verdict> of(
      List<Mutant> mutants, long firstSeed, long lastSeed, Consumer<Verdict> each) {
    Trial.Honest honest = new Trial.Honest();
    ThreadLocal<Trial> trial =
        ThreadLocal.withInitial(() -> new Trial(folders, steps, honest, disks));
    ExecutorService workers = Executors.newFixedThreadPool(threads, Trials::worker);
    try {
      List<Future<Verdict>> tried = new ArrayList<>();
      for (Mutant mutant : mutants) {
        tried.add(
            workers.submit(
                () -> {
                  Verdict verdict = trial.get().of(mutant, firstSeed, lastSeed);
                  each.accept(verdict);
                  return verdict;
                }));
      }
      List<Verdict> verdicts = new ArrayList<>();
      for (Future<Verdict> one : tried) {
        verdicts.add(one.get());
      }
      return verdicts;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      workers.shutdownNow();
    }
  }

  private static Thread worker(Runnable work) {
    Thread worker = new Thread(work, "cairn-sim-mutants");
    worker.setDaemon(true);
    return worker;
  }
}
