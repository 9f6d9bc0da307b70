package dev.cairn.cli.travel;

import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.OutputFile;
import dev.cairn.cli.console.UsageException;
import dev.cairn.cli.store.StoreOptions;
import dev.cairn.client.Device;
import dev.cairn.client.courier.BundleExport;
import dev.cairn.desk.Desk;
import dev.cairn.protocol.CairnException;
import dev.cairn.server.ServerBundles;
import dev.cairn.server.directory.ServerDirectory;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cairn bundle export}. */
@Command(
    name = "export",
    description = {
      "Write what waits here, and what is carried for others, to a file for a courier.",
      "Whoever finds the file learns neither who sent it nor who may open it."
    },
    footerHeading = "%nExample:%n",
    footer = "  cairn bundle export --data phone --out stick/bundle")
public final class BundleExportCommand extends Action {

  @Mixin private final StoreOptions store = new StoreOptions();

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file.")
  private Path out = Path.of("");

  @Option(
      names = "--max-bytes",
      paramLabel = "N",
      description = "No larger than this; what has no room goes with the next bundle.")
  private long bytesMax = Long.MAX_VALUE;

  @Option(
      names = "--for-recovery",
      description = {
        "Instead: what this device holds of the roster, for the recovery secret alone. For",
        "\"cairn recover --from\", when server and desks are lost."
      })
  private boolean forRecovery;

  @Option(
      names = "--of-suspended",
      description = {
        "Instead: what devices wrote that were cut off, as far as it is kept here and the log",
        "does not have it, for the coordinators alone: their desks take it into quarantine."
      })
  private boolean ofSuspended;

  /** Prints to an output. */
  public BundleExportCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    if (bytesMax < 1) {
      throw new UsageException("usage", "a file has at least one byte", "--max-bytes");
    }
    if (forRecovery && ofSuspended) {
      throw new UsageException("usage", "either this or --for-recovery", "--of-suspended");
    }
    if ((forRecovery || ofSuspended) && bytesMax != Long.MAX_VALUE) {
      throw new UsageException("usage", "nothing of it can be left out", "--max-bytes");
    }
    if (ServerDirectory.isServer(store.folder())) {
      return answers();
    }
    try (Device device = store.open();
        OutputFile file = OutputFile.replace(out)) {
      BundleExport bundle = export(device, file);
      file.keep();
      return done(
          Output.object()
              .put("parcels", bundle.parcels())
              .put("carried", bundle.carried())
              .put("changes", bundle.changes())
              .put("bytes", bundle.bytes())
              .put("left", bundle.left()),
          bundle.parcels()
              + " parcels, "
              + bundle.changes()
              + " changes, "
              + bundle.bytes()
              + " bytes"
              + (bundle.left() ? "; not everything had room" : ""));
    }
  }

  /** A coordinator's device first says what it could open, so that the bundle brings it back. */
  private BundleExport export(Device device, OutputFile file) throws CairnException, IOException {
    if (forRecovery) {
      return device.exportForRecovery(file.out());
    }
    if (ofSuspended) {
      return device.exportOfSuspended(file.out());
    }
    if (device.profile().role().coordinates()) {
      Desk.over(device).confirm();
    }
    return device.exportBundle(file.out(), bytesMax);
  }

  /** A server has only what is to be carried back: receipts for what came by bundle. */
  private int answers() throws CairnException, IOException {
    ServerBundles.Exported bundle =
        ServerBundles.export(
            store.folder(),
            bytesMax,
            bytes -> {
              try (OutputFile file = OutputFile.replace(out)) {
                file.out().write(bytes);
                file.keep();
              }
            });
    return done(
        Output.object()
            .put("parcels", bundle.parcels())
            .put("carried", 0)
            .put("changes", 0)
            .put("bytes", bundle.bytes())
            .put("left", bundle.left()),
        bundle.parcels()
            + " parcels with receipts, "
            + bundle.bytes()
            + " bytes"
            + (bundle.left() ? "; not everything had room" : ""));
  }
}
