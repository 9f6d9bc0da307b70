package dev.cairn.cli.travel;

import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.ExitCode;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.store.StoreOptions;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cairn bundle import}. */
@Command(
    name = "import",
    description = {
      "Take in what a courier brought: what is for this store is checked and kept,",
      "the rest is carried on unopened."
    },
    footerHeading = "%nExample:%n",
    footer = "  cairn bundle import stick/bundle --data desk")
public final class BundleImportCommand extends Action {

  @Mixin private final StoreOptions store = new StoreOptions();

  @Parameters(index = "0", paramLabel = "FILE", description = "The bundle.")
  private Path file = Path.of("");

  /** Prints to an output. */
  public BundleImportCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    Arrival arrival = Arrival.of(file, store);
    done(
        Output.object()
            .put("new", arrival.fresh())
            .put("known", arrival.known())
            .put("refused", arrival.refused())
            .put("for_others", arrival.forOthers())
            .put("too_new", arrival.tooNew())
            .put("receipts", arrival.receipts())
            .put("unreconciled", arrival.unreconciled())
            .put("early", arrival.early()),
        arrival.fresh()
            + " new, "
            + arrival.known()
            + " known, "
            + arrival.refused()
            + " refused, "
            + arrival.forOthers()
            + " parcels for others, "
            + arrival.receipts()
            + " receipts");
    if (arrival.early() > 0) {
      output()
          .say(
              "parcel.early: "
                  + arrival.early()
                  + " parcels continue what has not come; import the bundle before, then this again");
    }
    if (arrival.tooNew() > 0) {
      output()
          .say(
              "parcel.too-new: "
                  + arrival.tooNew()
                  + " parcels of a later version were not opened; update, then import this again");
    }
    if (arrival.unreconciled() > 0) {
      output()
          .say(
              "receipts for "
                  + arrival.unreconciled()
                  + " wait until the server has accounted for them, at the next sync or bundle");
    }
    return arrival.refused() == 0 ? ExitCode.DONE : ExitCode.PROBLEMS;
  }
}
