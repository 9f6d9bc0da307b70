package dev.cairn.cli.quarantine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.console.IdPrefix;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.Said;
import dev.cairn.cli.console.UsageException;
import dev.cairn.client.Device;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

  @Parameters(
      arity = "0..*",
      paramLabel = "CHANGE",
      description = "The changes' ids, or how they begin.")
  private List<String> prefixes = new ArrayList<>();

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description =
          "Instead of changes: put aside all that waits of this device and came by hand, also what"
              + " list does not show (the statements that open its sessions).")
  private @Nullable String device;

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
  void check() {
    if (prefixes.isEmpty() == (device == null)) {
      throw new UsageException("usage", "name either changes or --device DEVICE", "CHANGE");
    }
  }

  @Override
  List<String> prefixes() {
    return prefixes;
  }

  @Override
  int decide(Device desk, Set<ChangeId> changes) throws CairnException {
    Collection<ChangeId> decided = refuse(desk, changes);
    ObjectNode document = Output.object();
    ArrayNode refused = document.putArray("refused");
    decided.forEach(change -> refused.add(change.toString()));
    return done(
        document,
        "refused " + decided.size() + (decided.size() == 1 ? " change" : " changes") + " here");
  }

  private Collection<ChangeId> refuse(Device desk, Set<ChangeId> changes) throws CairnException {
    if (device == null) {
      desk.suspensions().refuse(changes, reason);
      return changes;
    }
    DeviceId found =
        IdPrefix.find(device, desk.devices(), info -> info.device().toString(), "device").device();
    return desk.suspensions().refuseAll(found, reason);
  }
}
