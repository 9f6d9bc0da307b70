package dev.cairn.simulation.mutant;

import dev.cairn.simulation.Outcome;
import dev.cairn.simulation.Scope;
import dev.cairn.simulation.Simulation;
import dev.cairn.simulation.audit.Finding;
import dev.cairn.simulation.crash.RealDisks;
import dev.cairn.simulation.disk.Disks;
import dev.cairn.simulation.mutant.Ticks.HungError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What is asked of Cairn beside Cairn, in words that both understand: those of the JDK. Runs inside
 * a {@link MutantLoader}.
 */
public final class Inside {

  /** Between the promise and what happened. */
  static final String BETWEEN = "\t";

  private Inside() {}

  /**
   * Plays a world.
   *
   * @return what was found, the promise first
   */
  public static List<String> world(long seed, int steps, Path folder, long ticksMax) {
    return played(seed, steps, folder, ticksMax, Disks.SIMULATED);
  }

  /** The same on real disks. */
  public static List<String> onRealDisks(
      long seed, int steps, Path folder, long ticksMax, Path record) {
    try (RealDisks disks = new RealDisks(seed, record, folder)) {
      return played(seed, steps, folder, ticksMax, disks);
    }
  }

  private static List<String> played(
      long seed, int steps, Path folder, long ticksMax, Disks disks) {
    Ticks.begin(ticksMax);
    try {
      Outcome outcome = Simulation.run(seed, new Scope(steps, Set.of()), folder, disks);
      List<String> found = new ArrayList<>();
      for (Finding finding : outcome.findings()) {
        found.add(finding.promise() + BETWEEN + finding.what());
      }
      return found;
    } catch (HungError e) {
      return List.of("hung" + BETWEEN + "the world did not end");
    } catch (RuntimeException | Error e) {
      return List.of("broken" + BETWEEN + "the world ended with " + e);
    }
  }

  /** Shows a signature on which verifiers disagree. */
  public static List<String> signature() {
    return CofactoredSignature.isTaken()
        ? List.of("P10" + BETWEEN + "a signature is taken that a court's verifier refuses")
        : List.of();
  }

  /** How much was done since the last world began. */
  public static long ticks() {
    return Ticks.count();
  }
}
