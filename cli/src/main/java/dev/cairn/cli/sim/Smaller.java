package dev.cairn.cli.sim;

import dev.cairn.cli.console.Output;
import dev.cairn.simulation.Campaign;
import dev.cairn.simulation.Outcome;
import dev.cairn.simulation.Scope;
import dev.cairn.simulation.Shrinking;
import dev.cairn.simulation.audit.Finding;

/** Makes worlds that failed smaller; of many, the first few. */
final class Smaller {

  private static final int WORLDS_MAX = 60;
  private static final int SEEDS_MAX = 3;

  private final Campaign campaign;
  private final Output output;
  private int seeds;

  Smaller(Campaign campaign, Output output) {
    this.campaign = campaign;
    this.output = output;
  }

  /** The smallest part of a world that still breaks the same promise. */
  Scope of(Outcome failed, Scope whole) {
    if (seeds == SEEDS_MAX) {
      return whole;
    }
    seeds++;
    output.say("making seed " + failed.seed() + " smaller");
    String promise = failed.findings().get(0).promise();
    return Shrinking.of(
        scope ->
            campaign.play(failed.seed(), scope).findings().stream()
                .map(Finding::promise)
                .anyMatch(promise::equals),
        whole,
        WORLDS_MAX);
  }
}
