package dev.cairn.simulation;

import dev.cairn.simulation.audit.Finding;
import java.util.List;
import java.util.Map;

/**
 * What came of one world.
 *
 * @param seed of the world
 * @param findings promises that were broken
 * @param faults how often each kind of fault was injected
 * @param trace a hash over everything that happened, the same for the same seed and scope
 * @param lines what happened, in order
 * @param images how many images of what a cut of power leaves were opened
 */
public record Outcome(
    long seed,
    List<Finding> findings,
    Map<String, Long> faults,
    String trace,
    List<String> lines,
    long images) {

  /** Takes copies. */
  public Outcome {
    findings = List.copyOf(findings);
    faults = Map.copyOf(faults);
    lines = List.copyOf(lines);
  }
}
