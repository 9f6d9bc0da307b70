package dev.cairn.cli.operate;

import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.Output;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.StoreException.Reason;
import dev.cairn.server.ServerBackup;
import dev.cairn.server.check.ServerState;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn restore}. */
@Command(
    name = "restore",
    description = {
      "Make a server's folder of a backup. It takes nothing new until members have brought",
      "what came after the backup, and an owner has opened a generation (cairn generation",
      "open) or the operator says that nothing is missing (cairn admin resume)."
    },
    footerHeading = "%nExample:%n",
    footer = "  cairn restore backups/today --data server")
public final class RestoreCommand extends Action {

  @Parameters(index = "0", paramLabel = "FILE", description = "The backup.")
  private Path backup = Path.of("");

  @Option(
      names = "--data",
      required = true,
      paramLabel = "NEW",
      description = "The folder to make.")
  private Path data = Path.of("");

  /** Prints to an output. */
  public RestoreCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    if (Files.exists(data, LinkOption.NOFOLLOW_LINKS)) {
      throw new StoreException(Reason.EXISTS, "there is something already in " + data);
    }
    ServerBackup.restore(backup, data);
    int spaces = ServerState.of(data).spaces().size();
    return done(
        Output.object().put("spaces", spaces).put("refilling", spaces > 0),
        "restored; nothing new is taken until members have refilled it");
  }
}
