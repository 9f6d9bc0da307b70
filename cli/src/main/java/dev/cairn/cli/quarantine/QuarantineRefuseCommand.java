package dev.cairn.cli.quarantine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.Said;
import dev.cairn.client.Device;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.ChangeId;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cairn quarantine refuse}. */
@Command(
    name = "refuse",
    description = {
      "Put changes in quarantine aside at this desk: they are marked, and make room for others.",
      "They do not count as it is, so no other desk has to be told, and none is; nothing is"
          + " destroyed, and they can still be accepted."
    },
    footerHeading = "%nExample:%n",
    footer = "  cairn quarantine refuse 4f2a --data desk --reason \"not his words\"")
public final class QuarantineRefuseCommand extends QuarantineDecision {

  @Option(
      names = "--reason",
      converter = Said.class,
      paramLabel = "TEXT",
      description = "Why; kept in this store and shown by list.")
  private String reason = "";

  /** Prints to an output. */
  public QuarantineRefuseCommand(Output output) {
    super(output);
  }

  @Override
  int decide(Device desk, Set<ChangeId> changes) throws CairnException {
    desk.suspensions().refuse(changes, reason);
    ObjectNode document = Output.object();
    ArrayNode refused = document.putArray("refused");
    changes.forEach(change -> refused.add(change.toString()));
    return done(
        document,
        "refused " + changes.size() + (changes.size() == 1 ? " change" : " changes") + " here");
  }
}
