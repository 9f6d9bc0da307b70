package dev.cairn.cli.report;

import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.store.StoreOptions;
import dev.cairn.client.Device;
import dev.cairn.client.report.CaptureMetadata;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.RecordId;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cairn report attach}. */
@Command(
    name = "attach",
    description = "Attach a file to a report; it is encrypted while it is read.",
    footerHeading = "%nExample:%n",
    footer = "  cairn report attach 4f2a photo.jpg --data phone")
public final class ReportAttachCommand extends Action {

  private static final String UNKNOWN_TYPE = "application/octet-stream";

  @Mixin private final StoreOptions store = new StoreOptions();
  @Mixin private final RecordArgument record = new RecordArgument();

  @Parameters(index = "1", paramLabel = "FILE", description = "The file.")
  private Path file = Path.of("");

  /** Prints to an output. */
  public ReportAttachCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    String type = Files.probeContentType(file);
    Path name = file.getFileName();
    try (InputStream in = Files.newInputStream(file);
        Device device = store.open()) {
      RecordId id = record.in(device);
      AttachmentId attachment =
          device.attach(
              id,
              in,
              name == null ? "" : name.toString(),
              type == null ? UNKNOWN_TYPE : type,
              CaptureMetadata.NONE);
      return done(
          Output.object()
              .put("record", id.toString())
              .put("attachment", attachment.toString())
              .put("size", Files.size(file)),
          attachment.toString());
    }
  }
}
