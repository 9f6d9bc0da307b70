package dev.cairn.cli.travel;

import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.YesOption;
import dev.cairn.cli.store.StoreOptions;
import dev.cairn.client.Device;
import dev.cairn.client.transport.Transport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cairn generation open}. */
@Command(
    name = "open",
    description = {
      "As an owner, open the log anew: for a server that was restored and cannot get back what it",
      "lost, or whose key was stolen. Everybody is shown it, and brings the new log what it lacks."
    },
    footerHeading = "%nExample:%n",
    footer = "  cairn generation open --data desk --yes")
public final class GenerationOpenCommand extends Action {

  @Mixin private final StoreOptions store = new StoreOptions();
  @Mixin private final YesOption yes = new YesOption();

  /** Prints to an output. */
  public GenerationOpenCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    yes.require("a generation is seen by all and stands for good");
    try (Device device = store.open();
        Transport transport = Road.to(device.profile().server())) {
      long number = device.openGeneration(transport, new Progress(output(), Long.MAX_VALUE));
      return done(
          Output.object().put("generation", number), "generation " + number + " is open; sync now");
    }
  }
}
