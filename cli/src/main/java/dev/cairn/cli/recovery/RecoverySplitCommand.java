package dev.cairn.cli.recovery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.OutputFolder;
import dev.cairn.cli.console.SmallFile;
import dev.cairn.cli.console.UsageException;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.recovery.RecoveryShare;
import dev.cairn.protocol.recovery.RecoveryShares;
import dev.cairn.protocol.recovery.RecoverySheet;
import dev.cairn.protocol.suite.Randomness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cairn recovery split}. */
@Command(
    name = "split",
    description = {
      "Split the recovery secret into shares, of which some together give it back.",
      "Writes of each share a page to be printed, the same as a text, and its QR code alone."
    },
    footerHeading = "%nExample:%n",
    footer = "  cairn recovery split --recovery recovery.txt --shares 5 --threshold 3 --out shares")
public final class RecoverySplitCommand extends Action {

  private static final int THRESHOLD_MIN = 2;
  private static final int SCALE_PIXELS = 10;

  @Option(
      names = "--recovery",
      required = true,
      paramLabel = "FILE",
      description = "The recovery secret, as space create wrote it.")
  private Path recovery = Path.of("");

  @Option(
      names = "--shares",
      required = true,
      paramLabel = "N",
      description = "How many shares to make: one for each person who keeps one, at most 16.")
  private int count;

  @Option(
      names = "--threshold",
      required = true,
      paramLabel = "K",
      description = "How many of them are needed to get it back: at least 2.")
  private int threshold;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description = "Where to write the shares: a new folder, or an empty one.")
  private Path out = Path.of("");

  @Option(names = "--qr", description = "Also show each share's code on the terminal.")
  private boolean show;

  /** Prints to an output. */
  public RecoverySplitCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    requirePossible();
    byte[] typed = SmallFile.read(recovery);
    RecoverySheet sheet = RecoverySheet.parse(new String(typed, StandardCharsets.UTF_8));
    List<RecoveryShare> shares =
        RecoveryShares.split(sheet, count, threshold, Randomness.of(new SecureRandom()));
    sheet.secret().wipe();
    ArrayNode files = Output.array();
    write(shares, files);
    if (show) {
      for (RecoveryShare share : shares) {
        output().say("Share " + share.index() + " of " + count + ":");
        output().draw(ShareSheet.code(share).lines(Output.mayColour()));
      }
    }
    output()
        .say(
            "Print the pages (.html) and give each to another person; then delete the files."
                + " The secret itself is still in "
                + recovery
                + ": lock that away too, or destroy it.");
    ObjectNode document =
        Output.object()
            .put("space", sheet.space().toString())
            .put("shares", count)
            .put("threshold", threshold);
    document.set("files", files);
    return done(
        document, count + " shares in " + out + ", any " + threshold + " of them give it back");
  }

  private void requirePossible() {
    if (threshold < THRESHOLD_MIN) {
      throw new UsageException(
          "usage", "with fewer than 2 needed each share would be the secret", "--threshold");
    }
    if (count < threshold) {
      throw new UsageException(
          "usage", "more shares are needed than there would be", "--threshold");
    }
    if (count > Limits.RECOVERY_SHARES_MAX) {
      throw new UsageException(
          "usage", "at most " + Limits.RECOVERY_SHARES_MAX + " shares", "--shares");
    }
  }

  private void write(List<RecoveryShare> shares, ArrayNode files) throws IOException {
    try (OutputFolder folder = OutputFolder.create(out)) {
      for (RecoveryShare share : shares) {
        String name = "share-" + share.index() + "-of-" + count;
        folder.write(name + ".txt", ShareSheet.text(share, count));
        folder.write(name + ".png", ShareSheet.code(share).png(SCALE_PIXELS));
        folder.write(name + ".html", ShareSheet.page(share, count));
        for (String kind : List.of(".txt", ".png", ".html")) {
          files.add(out.resolve(name + kind).toString());
        }
      }
      folder.keep();
    }
  }
}
