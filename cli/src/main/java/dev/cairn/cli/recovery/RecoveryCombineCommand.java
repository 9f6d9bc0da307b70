package dev.cairn.cli.recovery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.OutputFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn recovery combine}. */
@Command(
    name = "combine",
    description = {
      "Get the recovery secret back from enough of its shares.",
      "Each may be a sheet, its text or words typed into a file, or a picture of its code."
    },
    footerHeading = "%nExample:%n",
    footer = "  cairn recovery combine share-1-of-5.txt typed.txt photo.jpg --out recovery.txt")
public final class RecoveryCombineCommand extends Action {

  @Parameters(
      arity = "1..*",
      paramLabel = "SHARE",
      description = "The shares, in any order; more than needed do no harm.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where to write the recovery secret.")
  private Path out = Path.of("");

  /** Prints to an output. */
  public RecoveryCombineCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    GivenShares given = GivenShares.read(files);
    try (OutputFile file = OutputFile.create(out)) {
      GivenShares.Combined combined = given.combine();
      file.out().write(combined.sheet().print().getBytes(StandardCharsets.UTF_8));
      file.keep();
      combined.sheet().secret().wipe();
      ObjectNode document =
          Output.object()
              .put("space", combined.sheet().space().toString())
              .put("recovery", out.toString());
      document.set("wrong", wrong(combined.useless()));
      combined.useless().forEach(each -> output().say("left out: " + each));
      return done(document, "the recovery secret is in " + out);
    }
  }

  private static ArrayNode wrong(List<GivenShares.Useless> useless) {
    ArrayNode list = Output.array();
    for (GivenShares.Useless each : useless) {
      ObjectNode line = list.addObject().put("file", each.file().toString());
      each.index().ifPresent(index -> line.put("index", index));
      line.put("reason", each.reason());
    }
    return list;
  }
}
