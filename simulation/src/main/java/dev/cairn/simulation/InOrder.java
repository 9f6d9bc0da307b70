package dev.cairn.simulation;

import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Hands on what several threads play in the order of seeds. */
final class InOrder {

  private final Consumer<Outcome> each;
  private final TreeMap<Long, Outcome> early = new TreeMap<>();
  private long next;
  private @Nullable Throwable failure;

  InOrder(long first, Consumer<Outcome> each) {
    this.next = first;
    this.each = each;
  }

  /** Plays one; what the simulator itself cannot do is told once, at the end. */
  void play(Supplier<Outcome> world) {
    try {
      Outcome outcome = world.get();
      synchronized (this) {
        early.put(outcome.seed(), outcome);
        for (Outcome due = early.remove(next); due != null; due = early.remove(next)) {
          next++;
          each.accept(due);
        }
      }
    } catch (RuntimeException | Error e) {
      synchronized (this) {
        failure = failure == null ? e : failure;
      }
    }
  }

  /** Whether something went wrong that is no finding. */
  synchronized boolean failed() {
    return failure != null;
  }

  /** Waits for all, and throws what went wrong. */
  void await(List<Thread> workers) {
    try {
      for (Thread worker : workers) {
        worker.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure != null) {
        throw (RuntimeException) failure;
      }
    }
  }
}
