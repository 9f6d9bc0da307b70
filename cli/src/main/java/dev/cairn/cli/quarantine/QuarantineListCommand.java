package dev.cairn.cli.quarantine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.ExitCode;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.store.StoreOptions;
import dev.cairn.client.Device;
import dev.cairn.protocol.id.DeviceId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cairn quarantine list}. */
@Command(
    name = "list",
    description = {
      "List the changes that are held here and do not count, for their device was cut off before"
          + " them, in the order in which they came.",
      "To accept one is to let it count for everybody; to refuse one marks it at this desk."
    },
    footerHeading = "%nExample:%n",
    footer = "  cairn quarantine list --data desk --json")
public final class QuarantineListCommand extends Action {

  @Mixin private final StoreOptions store = new StoreOptions();

  /** Prints to an output. */
  public QuarantineListCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    ObjectNode document = Output.object();
    ArrayNode list = document.putArray("quarantine");
    ArrayNode full = document.putArray("full");
    try (Device desk = store.open()) {
      desk.suspensions()
          .quarantine(
              change -> {
                ObjectNode line = QuarantinedDocument.of(change, desk.roster());
                if (json()) {
                  list.add(line);
                } else {
                  output().line(QuarantinedDocument.line(line));
                }
              });
      for (DeviceId device : desk.suspensions().full()) {
        full.add(device.toString());
        if (!json()) {
          output()
              .line(
                  "no room for more of device "
                      + device
                      + " by hand: accept or refuse what is here, or all that waits of it with"
                      + " cairn quarantine refuse --device, then have it brought again");
        }
      }
    }
    if (json()) {
      output().json(document);
    }
    return ExitCode.DONE;
  }
}
