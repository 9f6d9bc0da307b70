package dev.cairn.cli.people;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.ExitCode;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.store.StoreOptions;
import dev.cairn.client.Device;
import dev.cairn.client.space.DeviceInfo;
import dev.cairn.client.space.InvitationUse;
import java.util.LinkedHashSet;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cairn device list}. */
@Command(
    name = "list",
    description = "List the devices of the space, with the words to compare.",
    footerHeading = "%nExample:%n",
    footer = "  cairn device list --data desk --json")
public final class DeviceListCommand extends Action {

  @Mixin private final StoreOptions store = new StoreOptions();

  /** Prints to an output. */
  public DeviceListCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    ArrayNode list = Output.array();
    Set<InvitationUse> shared = new LinkedHashSet<>();
    try (Device device = store.open()) {
      for (DeviceInfo info : device.devices()) {
        ObjectNode line = list.addObject();
        DeviceLines.describe(line, info);
        info.invited().ifPresent(use -> describe(line, use));
        info.invited().filter(InvitationUse::isShared).ifPresent(shared::add);
        if (!json()) {
          output().line(DeviceLines.line(info));
        }
      }
    }
    shared.forEach(use -> output().say(SharedInvitation.warning(use)));
    if (json()) {
      output().json(list);
    }
    return ExitCode.DONE;
  }

  private static void describe(ObjectNode line, InvitationUse use) {
    line.put("invitation", use.invitation().toString());
    line.put("invitation_uses", use.uses());
    line.put("invitation_devices", use.devices());
    line.put("shared", use.isShared());
  }
}
