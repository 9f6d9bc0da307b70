package dev.cairn.cli.people;

import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.SmallFile;
import dev.cairn.cli.console.YesOption;
import dev.cairn.cli.store.StoreOptions;
import dev.cairn.client.Device;
import dev.cairn.client.okhttp.OkHttpTransport;
import dev.cairn.client.sync.SyncListener;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cairn space move}. */
@Command(
    name = "move",
    description = {
      "As an owner, lead the space to a new server: for one that is gone and left no backup.",
      "The new server begins with an empty log; whoever hears of the move brings what it lacks."
    },
    footerHeading = "%nExample:%n",
    footer = "  cairn space move --server-invitation server2/server-invitation --data desk --yes")
public final class SpaceMoveCommand extends Action {

  @Mixin private final StoreOptions store = new StoreOptions();
  @Mixin private final YesOption yes = new YesOption();

  @Option(
      names = "--server-invitation",
      required = true,
      paramLabel = "FILE",
      description = "The file that the new server wrote at its first start.")
  private Path serverInvitation = Path.of("");

  /** Prints to an output. */
  public SpaceMoveCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    yes.require("whoever hears of a move goes there, and the old server's log has ended for good");
    byte[] invitation = SmallFile.read(serverInvitation);
    try (Device device = store.open()) {
      long generation = device.moveSpace(invitation, OkHttpTransport::to, SyncListener.NONE);
      String address = device.profile().server().text();
      output().say("sync now; then give the others a bundle: only by it they hear of the move");
      return done(
          Output.object()
              .put("space", device.profile().space().toString())
              .put("generation", generation)
              .put("address", address),
          "generation " + generation + " is open at " + address);
    }
  }
}
