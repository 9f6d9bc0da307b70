package dev.cairn.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SimulationTest {

  @TempDir Path folder;

  @Test
  void world_playedTwice_isTheSame() {
    Outcome once = Simulation.run(11, Scope.WHOLE, folder);
    Outcome again = Simulation.run(11, Scope.WHOLE, folder);
    assertThat(again.lines()).isEqualTo(once.lines());
    assertThat(again.trace()).isEqualTo(once.trace());
  }

  @Test
  void world_ofAnotherSeed_isAnother() {
    Outcome one = Simulation.run(11, new Scope(10, Set.of()), folder);
    Outcome other = Simulation.run(12, new Scope(10, Set.of()), folder);
    assertThat(other.trace()).isNotEqualTo(one.trace());
  }

  @Test
  void world_afterItsEnd_leavesNothingBehind() {
    Simulation.run(11, new Scope(5, Set.of()), folder);
    assertThat(folder).isEmptyDirectory();
  }

  /**
   * A desk has the newest keys of the coordinators' circle named, and is not among their members.
   */
  @Test
  void deskThatCannotReadItsOwnWord_doesNotSayItAgainAndAgain() {
    assertThat(Simulation.run(1096, Scope.WHOLE, folder).findings()).isEmpty();
  }
}
