package dev.cairn.cli.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * People do things at the same time; the account of it is told one after the other. What the first
 * lane says is printed as it happens, what the second says from when the first has ended, and so
 * on.
 */
final class Lanes {

  private final Narration narration;

  Lanes(Narration narration) {
    this.narration = narration;
  }

  /**
   * Plays them side by side and returns when all have ended.
   *
   * @throws DemoFailure the first failure, in the order of the lanes
   */
  void play(List<Lane> lanes) throws DemoFailure, IOException {
    if (lanes.size() == 1) {
      lanes.get(0).play();
      return;
    }
    ExecutorService people = Executors.newFixedThreadPool(lanes.size());
    try {
      List<Narration.Part> parts = narration.parts(lanes.size());
      List<Future<?>> playing = new ArrayList<>();
      for (int i = 0; i < lanes.size(); i++) {
        Lane lane = lanes.get(i);
        Narration.Part part = parts.get(i);
        playing.add(
            people.submit(
                () -> {
                  try (part) {
                    part.begin();
                    lane.play();
                  }
                  return null;
                }));
      }
      await(playing);
    } finally {
      people.shutdownNow();
    }
  }

  private static void await(List<Future<?>> playing) throws DemoFailure, IOException {
    List<Throwable> failures = new ArrayList<>();
    for (Future<?> lane : playing) {
      try {
        lane.get();
      } catch (ExecutionException e) {
        failures.add(e.getCause() == null ? e : e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DemoFailure("interrupted", e);
      }
    }
    if (failures.isEmpty()) {
      return;
    }
    Throwable first = failures.get(0);
    if (first instanceof IOException io) {
      throw io;
    }
    throw first instanceof DemoFailure failure
        ? failure
        : new DemoFailure(String.valueOf(first), first);
  }
}
