package dev.cairn.cli.sim;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.ExitCode;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.UsageException;
import dev.cairn.simulation.Campaign;
import dev.cairn.simulation.Folders;
import dev.cairn.simulation.Outcome;
import dev.cairn.simulation.Scope;
import dev.cairn.simulation.Worlds;
import dev.cairn.simulation.audit.Finding;
import dev.cairn.simulation.watched.RealWorlds;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cairn sim}. */
@Command(
    name = "sim",
    description = {
      "Play whole spaces in virtual time, with every fault and some adversaries, and hold what",
      "people said and were promised against what is there in the end. The same seed gives the",
      "same world; one that breaks a promise is made smaller and printed as a command."
    },
    footerHeading = "%nExample:%n",
    footer = "  cairn sim --seeds 1-200")
public final class SimCommand extends Action {

  private static final int SAY_EVERY = 25;
  private static final String SIMULATED = "simulated";
  private static final String REAL = "real";

  @Option(
      names = "--seeds",
      paramLabel = "A-B",
      description = "Which worlds; 'A-' goes on until the time is over.")
  private @Nullable String seeds;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = "Begin no further world after so many minutes.")
  private @Nullable Double minutes;

  @Option(
      names = "--replay",
      paramLabel = "SEED",
      description = "Play one world twice and tell everything that happens in it.")
  private @Nullable Long replay;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "How many steps a world has (default: ${DEFAULT-VALUE}).")
  private int steps = Scope.WHOLE.steps();

  @Option(
      names = "--skip",
      paramLabel = "STEPS",
      description = "Steps that do not happen, such as 3,17,40-44.")
  private @Nullable String skip;

  @Option(
      names = "--disk",
      paramLabel = "KIND",
      description = {
        "'simulated', or 'real': real files, where a crash leaves what a cut of power may leave by",
        "what was written and synced; needs strace (default: ${DEFAULT-VALUE})."
      })
  private String disk = SIMULATED;

  /** Prints to an output. */
  public SimCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() {
    Scope scope = scope();
    if (replay != null && (seeds != null || minutes != null)) {
      throw new UsageException("usage", "one world, or many: not both", "--replay");
    }
    if (replay == null && seeds == null && minutes == null) {
      throw new UsageException("usage", "say which worlds, or for how long", "--seeds");
    }
    SeedRange range = SeedRange.of(seeds == null ? "1-" : seeds);
    if (replay == null && !range.ends() && minutes == null) {
      throw new UsageException("usage", "worlds without end need --minutes", "--minutes");
    }
    requireDisk();
    try (Folders folders = Folders.open();
        RealWorlds real = new RealWorlds(folders)) {
      Worlds worlds = onRealDisks() ? real : Worlds.SIMULATED;
      Campaign campaign = new Campaign(folders, Runtime.getRuntime().availableProcessors(), worlds);
      return replay == null ? play(campaign, range, scope) : replay(campaign, replay, scope);
    }
  }

  private boolean onRealDisks() {
    return disk.equals(REAL);
  }

  private void requireDisk() {
    if (!onRealDisks() && !disk.equals(SIMULATED)) {
      throw UsageException.noSuch("disk", disk, Stream.of(SIMULATED, REAL), "--disk");
    }
    if (onRealDisks() && !RealWorlds.isUsable()) {
      throw new UsageException(
          "usage", "real disks need strace 5.3, and leave to use it", "--disk");
    }
  }

  private Scope scope() {
    if (steps < 0) {
      throw new UsageException("usage", "a world has no fewer than 0 steps", "--steps");
    }
    if (minutes != null && !(minutes > 0)) {
      throw new UsageException("usage", "that is no time", "--minutes");
    }
    if (replay != null && replay < 0) {
      throw new UsageException("usage", "a seed is not negative", "--replay");
    }
    return new Scope(steps, skip == null ? Set.of() : StepList.of(skip));
  }

  private int play(Campaign campaign, SeedRange range, Scope scope) {
    List<Outcome> failed = new ArrayList<>();
    Map<String, Long> faults = new TreeMap<>();
    long[] played = new long[1];
    long[] images = new long[1];
    campaign.play(
        range.first(),
        range.last(),
        scope,
        deadline(),
        outcome -> {
          outcome.faults().forEach((name, count) -> faults.merge(name, count, Long::sum));
          images[0] += outcome.images();
          if (!outcome.findings().isEmpty()) {
            failed.add(outcome);
            output().say("seed " + outcome.seed() + " broke " + promises(outcome));
          }
          if (++played[0] % SAY_EVERY == 0) {
            output().say(played[0] + " worlds, " + failed.size() + " failed");
          }
        });
    ObjectNode document = Output.object().put("seeds", played[0]);
    ArrayNode list = document.putArray("failed");
    Smaller smaller = new Smaller(campaign, output());
    for (Outcome outcome : failed) {
      String again = command(outcome.seed(), smaller.of(outcome, scope));
      Finding first = outcome.findings().get(0);
      list.addObject()
          .put("seed", outcome.seed())
          .put("promise", first.promise())
          .put("replay", again)
          .put("what", first.what());
      if (!json()) {
        output().line("seed " + outcome.seed() + " broke " + first.promise() + ": " + first.what());
        output().line("  " + again);
      }
    }
    faults(document, faults);
    images(document, images[0]);
    done(
        document,
        played[0] + " worlds, " + failed.size() + " broke a promise",
        told(faults, images[0]));
    return failed.isEmpty() ? ExitCode.DONE : ExitCode.PROBLEMS;
  }

  private BooleanSupplier deadline() {
    if (minutes == null) {
      return () -> false;
    }
    long nanos = (long) (minutes * TimeUnit.MINUTES.toNanos(1));
    long begin = System.nanoTime();
    return () -> System.nanoTime() - begin >= nanos;
  }

  private int replay(Campaign campaign, long seed, Scope scope) {
    Outcome outcome = campaign.play(seed, scope);
    boolean same = outcome.trace().equals(campaign.play(seed, scope).trace());
    ObjectNode document = Output.object().put("seeds", 1);
    ArrayNode failed = document.putArray("failed");
    for (Finding finding : outcome.findings()) {
      failed
          .addObject()
          .put("seed", seed)
          .put("promise", finding.promise())
          .put("replay", command(seed, scope))
          .put("what", finding.what());
    }
    faults(document, outcome.faults());
    images(document, outcome.images());
    document.put("same", same).put("trace", outcome.trace());
    ArrayNode lines = document.putArray("happened");
    outcome.lines().forEach(lines::add);
    if (!json()) {
      outcome.lines().forEach(output()::line);
      for (Finding finding : outcome.findings()) {
        output().line("broke " + finding.promise() + ": " + finding.what());
      }
    }
    done(
        document,
        same ? "played twice, the same both times" : "PLAYED TWICE, AND IT WAS NOT THE SAME WORLD",
        outcome.findings().isEmpty() ? "no promise was broken" : "broke " + promises(outcome),
        told(outcome.faults(), outcome.images()));
    return same && outcome.findings().isEmpty() ? ExitCode.DONE : ExitCode.PROBLEMS;
  }

  private String command(long seed, Scope scope) {
    StringBuilder command = new StringBuilder("cairn sim --replay ").append(seed);
    if (onRealDisks()) {
      command.append(" --disk ").append(REAL);
    }
    if (scope.steps() != Scope.WHOLE.steps()) {
      command.append(" --steps ").append(scope.steps());
    }
    if (!scope.skipped().isEmpty()) {
      command.append(" --skip ").append(StepList.text(scope.skipped()));
    }
    return command.toString();
  }

  private static void faults(ObjectNode document, Map<String, Long> faults) {
    ObjectNode named = document.putObject("faults");
    new TreeMap<>(faults).forEach(named::put);
  }

  private void images(ObjectNode document, long images) {
    if (onRealDisks()) {
      document.put("images", images);
    }
  }

  private String told(Map<String, Long> faults, long images) {
    String told = "faults: " + new TreeMap<>(faults);
    return onRealDisks() ? told + "; opened " + images + " images of cuts of power" : told;
  }

  private static String promises(Outcome outcome) {
    Collection<String> promises = new ArrayList<>();
    outcome.findings().stream().map(Finding::promise).distinct().forEach(promises::add);
    return String.join(", ", promises);
  }
}
