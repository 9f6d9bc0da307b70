package dev.cairn.cli.circle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.ExitCode;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.store.StoreOptions;
import dev.cairn.cli.store.UnreadKeys;
import dev.cairn.client.Device;
import dev.cairn.client.space.CircleStatus;
import dev.cairn.client.space.DeviceInfo;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.roster.DeviceEntry;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cairn circle list}. */
@Command(
    name = "list",
    description = {
      "List the circles, who is in them, and who lacks the newest keys.",
      "A reporter's phone knows only those that it reads or may write to."
    },
    footerHeading = "%nExample:%n",
    footer = "  cairn circle list --data desk --json")
public final class CircleListCommand extends Action {

  @Mixin private final StoreOptions store = new StoreOptions();

  /** Prints to an output. */
  public CircleListCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    ArrayNode list = Output.array();
    try (Device device = store.open()) {
      for (CircleStatus circle : device.circleKeys().list()) {
        Told.fill(list.addObject(), device, circle);
        if (!json()) {
          print(device, circle);
        }
      }
      UnreadKeys.of(device).say(output());
    }
    if (json()) {
      output().json(list);
    }
    return ExitCode.DONE;
  }

  private void print(Device device, CircleStatus circle) {
    output()
        .line(
            circle.name().orElse("(this device cannot read what it is called)")
                + "  "
                + circle.id()
                + (circle.member() ? "" : "  (this device is not in it)"));
    circle.members().forEach(member -> output().line(Told.line(device, circle, member)));
    if (!circle.behind().isEmpty()) {
      output()
          .say(
              circle.behind().size()
                  + " of its devices cannot read the newest keys; mend it with: cairn circle rekey "
                  + Told.name(circle));
    }
    if (device.roster().desk().equals(Optional.of(circle.id()))) {
      device.devices().stream()
          .filter(info -> info.role().coordinates() && isUnseated(info, circle))
          .forEach(info -> sayUnseated(info.device()));
    }
  }

  private static boolean isUnseated(DeviceInfo info, CircleStatus desk) {
    return info.state() == DeviceEntry.State.CONFIRMED && !desk.members().contains(info.device());
  }

  private void sayUnseated(DeviceId device) {
    String begins = device.toString().substring(0, 12);
    output()
        .say(
            "coordinator "
                + begins
                + " is not among them; to seat it: cairn circle add desk "
                + begins);
  }
}
