package dev.cairn.cli.review;

import dev.cairn.cli.console.IdPrefix;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.Said;
import dev.cairn.cli.console.YesOption;
import dev.cairn.desk.Desk;
import dev.cairn.desk.review.Erasing;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.ChangeId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn review erase}. */
@Command(
    name = "erase",
    description = {
      "Withdraw what a change says, for everybody.",
      "Its content and files go here at once, elsewhere as others sync.",
      "That it was there, whose, who withdrew it and why stays.",
      "A withdrawn decision settles no more, a retraction hides no more."
    },
    footerHeading = "%nExample:%n",
    footer = "  cairn review erase 91c0 --reason \"names a witness\" --data desk --yes")
public final class ReviewEraseCommand extends DeskAction {

  @Parameters(
      index = "0",
      paramLabel = "CHANGE",
      description = "The change, or how its id begins; review show names them.")
  private String prefix = "";

  @Option(
      names = "--reason",
      converter = Said.class,
      required = true,
      paramLabel = "TEXT",
      description = "Why; for those who could read the change.")
  private String reason = "";

  @Mixin private final YesOption yes = new YesOption();

  /** Prints to an output. */
  public ReviewEraseCommand(Output output) {
    super(output);
  }

  @Override
  int at(Desk desk) throws CairnException {
    yes.require("what the change says is lost to everybody");
    ChangeId erased =
        IdPrefix.find(prefix, desk.labels(), label -> label.change().toString(), "change").change();
    Erasing.Erasure erasure = desk.erasing().erase(erased, reason);
    return done(
        Output.object()
            .put("record", erasure.record().toString())
            .put("change", erasure.change().toString())
            .put("erased", erased.toString())
            .put("tells_author", erasure.tellsAuthor()),
        "withdrawn by "
            + erasure.change()
            + "; gone here, at the server and elsewhere once they have synced. Backups made before"
            + " still hold it");
  }
}
