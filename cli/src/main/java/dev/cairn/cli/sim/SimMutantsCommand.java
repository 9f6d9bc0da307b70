package dev.cairn.cli.sim;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.ExitCode;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.UsageException;
import dev.cairn.simulation.Folders;
import dev.cairn.simulation.Scope;
import dev.cairn.simulation.mutant.Mutant;
import dev.cairn.simulation.mutant.Mutants;
import dev.cairn.simulation.mutant.Trials;
import dev.cairn.simulation.mutant.Verdict;
import dev.cairn.simulation.watched.RealWorlds;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cairn sim mutants}. */
@Command(
    name = "mutants",
    description = {
      "Plant bugs, one at a time, and see that each is caught: a world in which nothing is found",
      "must find something. The code on the disk is not touched."
    },
    footerHeading = "%nExample:%n",
    footer = "  cairn sim mutants --json")
public final class SimMutantsCommand extends Action {

  @Option(
      names = "--seeds",
      paramLabel = "A-B",
      description = "Worlds in which each may be caught (default: ${DEFAULT-VALUE}).")
  private String seeds = "1-24";

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "How many steps a world has (default: ${DEFAULT-VALUE}).")
  private int steps = Scope.WHOLE.steps();

  @Option(
      names = "--name",
      paramLabel = "TEXT",
      description = "Only the bugs whose name holds this.")
  private String name = "";

  /** Prints to an output. */
  public SimMutantsCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() {
    SeedRange range = SeedRange.of(seeds);
    if (!range.ends()) {
      throw new UsageException("usage", "a bug is not looked for without end", "--seeds");
    }
    List<Mutant> mutants =
        Mutants.all().stream().filter(mutant -> mutant.name().contains(name)).toList();
    if (mutants.isEmpty()) {
      throw UsageException.noSuch("bug", name, Mutants.all().stream().map(Mutant::name), "--name");
    }
    List<Verdict> verdicts;
    if (mutants.stream().anyMatch(mutant -> mutant.check() == Mutant.Check.DISK)
        && !RealWorlds.isUsable()) {
      throw new UsageException(
          "usage", "bugs of disks need strace 5.3, and leave to use it", "--name");
    }
    try (Folders folders = Folders.open();
        RealWorlds real = new RealWorlds(folders)) {
      int threads = Runtime.getRuntime().availableProcessors();
      verdicts =
          new Trials(folders, threads, steps, real)
              .of(mutants, range.first(), range.last(), this::tell);
    }
    ArrayNode document = Output.array();
    verdicts.forEach(verdict -> add(document, verdict));
    long caught = verdicts.stream().filter(Verdict::caught).count();
    if (!json()) {
      verdicts.forEach(verdict -> output().line(line(verdict)));
    }
    done(document, caught + " of " + verdicts.size() + " bugs were caught");
    return caught == verdicts.size() ? ExitCode.DONE : ExitCode.PROBLEMS;
  }

  private void tell(Verdict verdict) {
    output().say(line(verdict));
  }

  private static void add(ArrayNode document, Verdict verdict) {
    ObjectNode one = document.addObject().put("name", verdict.name());
    one.put("caught", verdict.caught()).put("seed", verdict.seed());
    one.put("promise", verdict.promise()).put("what", verdict.what());
  }

  private static String line(Verdict verdict) {
    return verdict.caught()
        ? String.format(
            Locale.ROOT,
            "caught      %s: %s, seed %d: %s",
            verdict.name(),
            verdict.promise(),
            verdict.seed(),
            verdict.what())
        : "NOT CAUGHT  " + verdict.name();
  }
}
