package dev.cairn.cli.review;

import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.UsageException;
import dev.cairn.desk.Desk;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.merge.Links;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn review link}. */
@Command(
    name = "link",
    description = "Say how two records relate; nothing is merged.",
    footerHeading = "%nExample:%n",
    footer = "  cairn review link 4f2a 91c0 --as same-as --data desk")
public final class ReviewLinkCommand extends DeskAction {

  @Parameters(
      index = "0",
      paramLabel = "RECORD",
      description = "The record's id, or its beginning.")
  private String record = "";

  @Parameters(index = "1", paramLabel = "OTHER", description = "The other record.")
  private String other = "";

  @Option(
      names = "--as",
      required = true,
      paramLabel = "RELATION",
      description = "same-as, part-of (the first of the second), distinct, none.")
  private String relation = "";

  /** Prints to an output. */
  public ReviewLinkCommand(Output output) {
    super(output);
  }

  @Override
  int at(Desk desk) throws CairnException {
    Links.Relation as = relation();
    RecordId one = record(desk, record);
    RecordId two = record(desk, other);
    if (one.equals(two)) {
      throw new UsageException("usage", "a record is not linked with itself", "OTHER");
    }
    return wrote(Links.id(one, two), desk.reviewing().link(one, two, as), relation);
  }

  private Links.Relation relation() {
    for (Links.Relation one : Links.Relation.values()) {
      if (word(one).equals(relation.toLowerCase(Locale.ROOT))) {
        return one;
      }
    }
    throw UsageException.noSuch(
        "relation",
        relation,
        Arrays.stream(Links.Relation.values()).map(ReviewLinkCommand::word),
        "--as");
  }

  private static String word(Links.Relation relation) {
    return relation.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
