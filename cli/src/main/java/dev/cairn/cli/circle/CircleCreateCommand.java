package dev.cairn.cli.circle;

import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.Said;
import dev.cairn.cli.store.StoreOptions;
import dev.cairn.client.Device;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn circle create}. */
@Command(
    name = "create",
    description = {
      "Make a circle of this desk and the devices named; they hear of it when",
      "they sync. Each is given the whole roster, to check who writes there."
    },
    footerHeading = "%nExample:%n",
    footer = "  cairn circle create north 4f2a 9b01 --data desk")
public final class CircleCreateCommand extends Action {

  @Mixin private final StoreOptions store = new StoreOptions();

  @Parameters(
      index = "0",
      paramLabel = "NAME",
      converter = Said.class,
      description = "What it is called; only its devices can read that.")
  private String name = "";

  @Parameters(
      index = "1..*",
      paramLabel = "DEVICE",
      description = "Confirmed devices that are to be in it, by id or how the id begins.")
  private List<String> devices = new ArrayList<>();

  @Option(
      names = "--without-this-desk",
      description =
          "This desk is not in it: it can neither read what is written there nor its name.")
  private boolean withoutThisDesk;

  /** Prints to an output. */
  public CircleCreateCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    try (Device device = store.open()) {
      List<DeviceId> members = new ArrayList<>(Told.devices(device, devices));
      if (!withoutThisDesk) {
        members.add(device.profile().device());
      }
      CircleId circle = device.circleKeys().create(name, members);
      Told.sayCost(output(), device, members);
      return done(
          Told.document(device, Told.circle(device, circle)),
          "circle " + circle,
          "send it out with: cairn sync");
    }
  }
}
