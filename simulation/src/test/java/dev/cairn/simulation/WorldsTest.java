package dev.cairn.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Two hundred worlds in a build, of which a slow machine plays the first fifty and as many more as
 * there is time for; {@code cairn sim} goes on from there.
 */
final class WorldsTest {

  private static final int SEEDS = 200;
  private static final int SEEDS_LEAST = 50;
  private static final Duration TIME = Duration.ofSeconds(80);
  private static final Scope SHORT = new Scope(60, Set.of());

  @Test
  void promises_inManyWorlds_areKept() {
    List<String> broken = new ArrayList<>();
    Set<String> faults = new TreeSet<>();
    AtomicInteger played = new AtomicInteger();
    long end = System.nanoTime() + TIME.toNanos();
    try (Folders folders = Folders.open()) {
      new Campaign(folders, 2)
          .play(
              1,
              SEEDS,
              SHORT,
              () -> played.get() >= SEEDS_LEAST && System.nanoTime() - end > 0,
              outcome -> {
                played.incrementAndGet();
                faults.addAll(outcome.faults().keySet());
                outcome
                    .findings()
                    .forEach(
                        finding ->
                            broken.add(
                                "cairn sim --replay "
                                    + outcome.seed()
                                    + " --steps "
                                    + SHORT.steps()
                                    + ": "
                                    + finding));
              });
    }
    assertThat(broken).isEmpty();
    assertThat(played.get()).isBetween(SEEDS_LEAST, SEEDS);
    // Without its faults it would be a pleasant walk.
    assertThat(faults)
        .contains(
            "DEVICE_CRASH",
            "SERVER_CRASH",
            "LINK_CUT_UP",
            "LINK_CUT_DOWN",
            "MEETING_CUT",
            "SERVER_FORKS",
            "SERVER_ROLLS_BACK",
            "DEVICE_FORKS",
            "COURIER_FORGES",
            "SERVER_RESTORED",
            "GENERATION_AFTER_RESTORE",
            "SUSPENSION");
  }
}
