package dev.cairn.cli.circle;

import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.store.ArchiveOption;
import dev.cairn.cli.store.StoreOptions;
import dev.cairn.client.Device;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cairn circle add}. */
@Command(
    name = "add",
    description = {
      "Take devices into a circle, under new keys. Keys are never taken back.",
      "Each device is given the whole roster, to check who writes there: a",
      "reporter's phone that is opened by force then lists the organisation.",
      "A device that is in it already is handed what it lacks of the archive."
    },
    footerHeading = "%nExample:%n",
    footer = "  cairn circle add north 4f2a --data desk --archive from-today")
public final class CircleAddCommand extends Action {

  @Mixin private final StoreOptions store = new StoreOptions();
  @Mixin private final ChangeOptions change = new ChangeOptions();
  @Mixin private final ArchiveOption archive = new ArchiveOption();

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "DEVICE",
      description = "Confirmed devices, by id or how the id begins.")
  private List<String> devices = new ArrayList<>();

  /** Prints to an output. */
  public CircleAddCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    try (Device device = store.open()) {
      CircleId circle = change.in(device);
      List<DeviceId> added = Told.devices(device, devices);
      int lacking = change.keys(device).add(circle, added, archive.chosen());
      Told.sayCost(output(), device, added);
      if (lacking > 0) {
        output()
            .say(
                lacking
                    + " earlier keys of this circle were not handed on: this desk has none of"
                    + " them. A coordinator who has can run the same command.");
      }
      return done(
          Told.document(device, Told.circle(device, circle)).put("lacking", lacking),
          "added to " + Told.name(Told.circle(device, circle)) + ", " + archive.words(),
          "send it out with: cairn sync");
    }
  }
}
