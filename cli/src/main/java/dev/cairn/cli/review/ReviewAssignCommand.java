package dev.cairn.cli.review;

import dev.cairn.cli.console.IdPrefix;
import dev.cairn.cli.console.Output;
import dev.cairn.desk.Desk;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.id.RecordId;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn review assign}. */
@Command(
    name = "assign",
    description = "Give a record to a coordinator to look at, or to nobody.",
    footerHeading = "%nExample:%n",
    footer = "  cairn review assign 4f2a --to 7be1 --data desk")
public final class ReviewAssignCommand extends DeskAction {

  @Parameters(
      index = "0",
      paramLabel = "RECORD",
      description = "The record's id, or its beginning.")
  private String record = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "MEMBER",
      description = "The member or device id, or its beginning; nobody takes it back.")
  private String to = "";

  /** Prints to an output. */
  public ReviewAssignCommand(Output output) {
    super(output);
  }

  @Override
  int at(Desk desk) throws CairnException {
    RecordId id = record(desk, record);
    @Nullable MemberId member = to.equals("nobody") ? null : member(desk, to);
    return wrote(
        id, desk.reviewing().assign(id, member), member == null ? "not assigned" : "assigned");
  }

  private static MemberId member(Desk desk, String prefix) throws CairnException {
    Set<MemberId> members =
        desk.device().devices().stream().map(info -> info.member()).collect(Collectors.toSet());
    return IdPrefix.find(prefix, members, MemberId::toString, "member");
  }
}
