package dev.cairn.simulation.watched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cairn.simulation.Campaign;
import dev.cairn.simulation.Folders;
import dev.cairn.simulation.Outcome;
import dev.cairn.simulation.Scope;
import dev.cairn.simulation.mutant.Mutant;
import dev.cairn.simulation.mutant.Mutants;
import dev.cairn.simulation.mutant.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A few worlds in every build; {@code cairn sim --disk real} plays as many as there is time for.
 */
final class RealWorldsTest {

  private static final String NO_STRACE = "there is no strace, or no leave to use it";
  private static final Scope SHORT = new Scope(30, Set.of());

  @Test
  void promises_onRealDisksWhosePowerIsCut_areKept() {
    assumeTrue(RealWorlds.isUsable(), NO_STRACE);
    List<Outcome> outcomes = new ArrayList<>();
    try (Folders folders = Folders.open();
        RealWorlds real = new RealWorlds(folders)) {
      new Campaign(folders, 1, real).play(2, 3, SHORT, () -> false, outcomes::add);
    }
    assertThat(outcomes).flatExtracting(Outcome::findings).isEmpty();
    assertThat(outcomes).allMatch(outcome -> outcome.images() > 0);
  }

  /** The others of its kind take longer: {@code cairn sim mutants --name fsync}. */
  @Test
  void missingFsync_onARealDisk_isCaught() {
    assumeTrue(RealWorlds.isUsable(), NO_STRACE);
    Mutant mutant =
        Mutants.all().stream()
            .filter(each -> each.name().equals("skip the fsync of a device's rows"))
            .findFirst()
            .orElseThrow();
    try (Folders folders = Folders.open();
        RealWorlds real = new RealWorlds(folders)) {
      Verdict verdict = real.of(mutant, 1, 3, 8);
      assertThat(verdict.promise()).isEqualTo("P5");
      assertThat(verdict.what()).contains("rows.db");
    }
  }
}
