package dev.cairn.cli.quarantine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.Said;
import dev.cairn.cli.console.YesOption;
import dev.cairn.client.Device;
import dev.cairn.desk.Desk;
import dev.cairn.desk.merged.AddressedChange;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.id.StatementId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn quarantine accept}. */
@Command(
    name = "accept",
    description = {
      "Let changes in quarantine count, each by itself and nothing else of their device.",
      "A signed release says so to everybody; what the log lacks of them is handed in at the next"
          + " sync."
    },
    footerHeading = "%nExample:%n",
    footer = "  cairn quarantine accept 4f2a 91c0 --data desk --reason \"he told me\" --yes")
public final class QuarantineAcceptCommand extends QuarantineDecision {

  @Mixin private final YesOption yes = new YesOption();

  @Parameters(
      arity = "1..*",
      paramLabel = "CHANGE",
      description = "The changes' ids, or how they begin.")
  private List<String> prefixes = new ArrayList<>();

  @Option(
      names = "--reason",
      converter = Said.class,
      paramLabel = "TEXT",
      description = "Why; becomes a comment for the other coordinators on each record.")
  private @Nullable String reason;

  /** Prints to an output. */
  public QuarantineAcceptCommand(Output output) {
    super(output);
  }

  @Override
  void check() {
    yes.require("a release is seen by all and stands for good");
  }

  @Override
  List<String> prefixes() {
    return prefixes;
  }

  @Override
  int decide(Device device, Set<ChangeId> changes) throws CairnException {
    ObjectNode document = Output.object();
    ArrayNode accepted = document.putArray("accepted");
    changes.forEach(change -> accepted.add(change.toString()));
    ArrayNode releases = document.putArray("releases");
    for (StatementId release : device.suspensions().accept(changes)) {
      releases.add(release.toString());
    }
    comment(device, changes);
    return done(
        document,
        "accepted " + changes.size() + (changes.size() == 1 ? " change" : " changes"),
        "sync to tell everybody and to put them into the log");
  }

  private void comment(Device device, Set<ChangeId> changes) throws CairnException {
    if (reason == null) {
      return;
    }
    Desk desk = Desk.over(device);
    Set<RecordId> records = new TreeSet<>();
    for (ChangeId change : changes) {
      Optional<AddressedChange> found = desk.records().change(change);
      found.ifPresent(each -> records.add(each.change().record()));
    }
    for (RecordId record : records) {
      desk.reviewing().comment(record, reason);
    }
  }
}
