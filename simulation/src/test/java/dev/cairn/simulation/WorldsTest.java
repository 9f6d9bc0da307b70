package dev.cairn.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Fifty worlds in every build; {@code cairn sim} plays as many as there is time for. */
final class WorldsTest {

  private static final int SEEDS = 50;
  private static final Scope SHORT = new Scope(60, Set.of());

  @Test
  void promises_inFiftyWorlds_areKept() {
    List<String> broken = new ArrayList<>();
    Set<String> faults = new TreeSet<>();
    try (Folders folders = Folders.open()) {
      new Campaign(folders, 2)
          .play(
              1,
              SEEDS,
              SHORT,
              () -> false,
              outcome -> {
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
