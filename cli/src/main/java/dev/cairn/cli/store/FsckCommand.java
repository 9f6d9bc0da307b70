package dev.cairn.cli.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.ExitCode;
import dev.cairn.cli.console.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cairn fsck}. */
@Command(
    name = "fsck",
    description = "Check a store of a device, desk or server from end to end.",
    footerHeading = "%nExample:%n",
    footer = "  cairn fsck --data desk --json")
public final class FsckCommand extends Action {

  private static final String FETCHED_AGAIN = "to_fetch_again";

  @Mixin private final StoreOptions store = new StoreOptions();

  /** Prints to an output. */
  public FsckCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    Findings found = Findings.of(store);
    ObjectNode document = Output.object().put("ok", found.problems().isEmpty());
    ObjectNode checked = document.putObject("checked");
    found.checked().forEach(checked::put);
    ArrayNode problems = document.putArray("problems");
    for (Findings.Problem problem : found.problems()) {
      problems.addObject().put("kind", problem.kind()).put("where", problem.where());
      if (!json()) {
        output().line("problem: " + problem.kind() + " in " + problem.where());
      }
    }
    if (!json() && found.checked().containsKey(FETCHED_AGAIN)) {
      output()
          .line("the next sync reads the log from its start and brings back what it has of this");
    }
    done(document, (found.problems().isEmpty() ? "no problem in " : "looked at ") + checked);
    return found.problems().isEmpty() ? ExitCode.DONE : ExitCode.PROBLEMS;
  }
}
