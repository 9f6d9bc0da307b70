package dev.cairn.cli.operate;

import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.OutputFile;
import dev.cairn.client.vault.StoreFolder;
import dev.cairn.protocol.RefusedException;
import dev.cairn.server.ServerBackup;
import dev.cairn.server.directory.ServerDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cairn backup}. */
@Command(
    name = "backup",
    description = {
      "Write a backup of a server, which may be running: its log, keys and attachments.",
      "The file holds the server's keys: guard it as the server itself."
    },
    footerHeading = "%nExample:%n",
    footer = "  cairn backup --data server --out backups/today")
public final class BackupCommand extends Action {

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The server's folder.")
  private Path data = Path.of("");

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file.")
  private Path out = Path.of("");

  /** Prints to an output. */
  public BackupCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    if (!ServerDirectory.isServer(data)) {
      if (StoreFolder.holdsPart(data)) {
        throw new RefusedException(
            "backup.unsupported",
            "a device or desk is backed up by no file: what it sent is with the server, and its"
                + " keys are its own");
      }
      throw StoreFolder.missing(data);
    }
    try (OutputFile file = OutputFile.create(out)) {
      ServerBackup.write(data, file.out());
      file.keep();
    }
    long bytes = Files.size(out);
    return done(Output.object().put("bytes", bytes), "backed up, " + bytes + " bytes");
  }
}
