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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A few worlds in every build; {@code cairn sim --disk real} plays as many as there is time for.
 */
final class RealWorldsTest {

  private static final String NO_STRACE = "there is no strace, or no leave to use it";
  private static final Scope SHORT = new Scope(30, Set.of());

  private static final Folders FOLDERS = Folders.open();
  private static final RealWorlds REAL = new RealWorlds(FOLDERS);

  @BeforeAll
  static void requireStrace() {
    assumeTrue(RealWorlds.isUsable(), NO_STRACE);
  }

  @AfterAll
  static void end() {
    REAL.close();
    FOLDERS.close();
  }

  @Test
  void promises_onRealDisksWhosePowerIsCut_areKept() {
    List<Outcome> outcomes = new ArrayList<>();
    new Campaign(FOLDERS, 1, REAL).play(2, 3, SHORT, () -> false, outcomes::add);
    assertThat(outcomes).flatExtracting(Outcome::findings).isEmpty();
    assertThat(outcomes).allMatch(outcome -> outcome.images() > 0);
  }

  /** The others of its kind take longer: {@code cairn sim mutants --name fsync}. */
  @Test
  void missingFsync_onARealDisk_isCaught() {
    Mutant mutant =
        Mutants.all().stream()
            .filter(each -> each.name().equals("skip the fsync of a device's rows"))
            .findFirst()
            .orElseThrow();
    Verdict verdict = REAL.of(mutant, 1, 1, 4);
    assertThat(verdict.promise()).isEqualTo("P5");
    assertThat(verdict.what()).contains("rows.db");
  }
}
