package dev.cairn.cli.circle;

import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.store.StoreOptions;
import dev.cairn.client.Device;
import dev.cairn.protocol.id.CircleId;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cairn circle remove}. */
@Command(
    name = "remove",
    description = {
      "Take devices out of a circle: the others get new keys, and the server",
      "gives nothing more of it to those. What they were given stays readable",
      "to them; so is what comes to them by hand from who has not heard of it."
    },
    footerHeading = "%nExample:%n",
    footer = "  cairn circle remove north 4f2a --data desk")
public final class CircleRemoveCommand extends Action {

  @Mixin private final StoreOptions store = new StoreOptions();
  @Mixin private final ChangeOptions change = new ChangeOptions();

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "DEVICE",
      description = "Devices that are in it, by id or how the id begins.")
  private List<String> devices = new ArrayList<>();

  /** Prints to an output. */
  public CircleRemoveCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    try (Device device = store.open()) {
      CircleId circle = change.in(device);
      change.keys(device).remove(circle, Told.devices(device, devices));
      output().say("What they were given before stays readable to them.");
      return done(
          Told.document(device, Told.circle(device, circle)),
          "removed from " + Told.name(Told.circle(device, circle)),
          "send it out with: cairn sync");
    }
  }
}
