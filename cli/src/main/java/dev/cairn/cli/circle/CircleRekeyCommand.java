package dev.cairn.cli.circle;

import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.store.StoreOptions;
import dev.cairn.client.Device;
import dev.cairn.protocol.id.CircleId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cairn circle rekey}. */
@Command(
    name = "rekey",
    description = {
      "Give a circle new keys, for those of its devices that are not cut off.",
      "Keys that several coordinators made at once are brought together by it."
    },
    footerHeading = "%nExample:%n",
    footer = "  cairn circle rekey north --data desk")
public final class CircleRekeyCommand extends Action {

  @Mixin private final StoreOptions store = new StoreOptions();
  @Mixin private final ChangeOptions change = new ChangeOptions();

  /** Prints to an output. */
  public CircleRekeyCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    try (Device device = store.open()) {
      CircleId circle = change.in(device);
      change.keys(device).rekey(circle);
      return done(
          Told.document(device, Told.circle(device, circle)),
          "new keys for " + Told.name(Told.circle(device, circle)),
          "send them out with: cairn sync");
    }
  }
}
