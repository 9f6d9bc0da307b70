package dev.cairn.cli.people;

import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.IdPrefix;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.UsageException;
import dev.cairn.cli.console.YesOption;
import dev.cairn.cli.store.StoreOptions;
import dev.cairn.client.Device;
import dev.cairn.client.leaving.Suspended;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn device suspend}. */
@Command(
    name = "suspend",
    description = {
      "Cut a device off. Sync first, so that this desk holds what the server has. What it holds of it counts on; what it makes from then on does"
          + " not, and waits in quarantine wherever it turns up.",
      "Every circle it reads and this desk is in gets new keys in the same breath, so that it"
          + " cannot read what is written from now on. What it could read before, it can still"
          + " read."
    },
    footerHeading = "%nExample:%n",
    footer = "  cairn device suspend 4f2a --data desk --yes")
public final class DeviceSuspendCommand extends Action {

  @Mixin private final StoreOptions store = new StoreOptions();
  @Mixin private final YesOption yes = new YesOption();

  @Parameters(
      index = "0",
      paramLabel = "DEVICE",
      description = "The device's id, or how it begins.")
  private String prefix = "";

  @Option(
      names = "--at",
      paramLabel = "CHANGE",
      description =
          "The last good change of the device: it counts with all it continues, what was made after"
              + " it does not. May be repeated for a feed with branches. Unless said, the last that"
              + " are held here.")
  private List<String> last = new ArrayList<>();

  @Option(
      names = "--lost",
      description =
          "A reporter's device that is gone and in nobody's hands: everything that anybody holds of"
              + " it counts, and nothing more of it is ever taken into the log, not even by"
              + " quarantine.")
  private boolean lost;

  /** Prints to an output. */
  public DeviceSuspendCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    if (lost && !last.isEmpty()) {
      throw new UsageException("usage", "--lost names no last good change", "--lost");
    }
    yes.require("a suspension is seen by all and is not taken back");
    try (Device desk = store.open()) {
      DeviceId device =
          IdPrefix.find(prefix, desk.devices(), info -> info.device().toString(), "device")
              .device();
      Suspended suspended = suspend(desk, device);
      return done(
          SuspendedLines.document(suspended, desk),
          SuspendedLines.lines(suspended, desk).toArray(new String[0]));
    }
  }

  private Suspended suspend(Device desk, DeviceId device) throws CairnException {
    if (lost) {
      return desk.suspensions().suspendAsLost(device);
    }
    return last.isEmpty()
        ? desk.suspensions().suspend(device)
        : desk.suspensions().suspendAfter(device, named(desk, device));
  }

  private List<ChangeId> named(Device desk, DeviceId device) throws CairnException {
    List<ChangeId> held = new ArrayList<>();
    desk.openedChanges(
        change -> {
          if (change.change().prefix().device().equals(device)) {
            held.add(change.change().id());
          }
        });
    List<ChangeId> named = new ArrayList<>();
    for (String typed : last) {
      named.add(IdPrefix.find(typed, held, ChangeId::toString, "change"));
    }
    return named;
  }
}
