package dev.cairn.cli.operate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.YesOption;
import dev.cairn.client.vault.StoreFolder;
import dev.cairn.server.ServerRefill;
import dev.cairn.server.directory.ServerDirectory;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cairn admin resume}. */
@Command(
    name = "resume",
    description = {
      "Let a restored server sign again under its old key, for a move that was planned: nothing",
      "was taken after the backup, or everybody has synced since. If anybody holds more than was",
      "shown, a courier's file on its way included, the server will be taken for a liar, for good.",
      "When in doubt let an owner open a generation instead (cairn generation open)."
    },
    footerHeading = "%nExample:%n",
    footer = "  cairn admin resume --data server --yes")
public final class AdminResumeCommand extends Action {

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The server's folder.")
  private Path data = Path.of("");

  @Mixin private final YesOption yes = new YesOption();

  /** Prints to an output. */
  public AdminResumeCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    yes.require("whoever holds more of the log than was shown will take the server for a liar");
    if (!ServerDirectory.isServer(data)) {
      throw StoreFolder.missing(data);
    }
    List<ServerRefill.Resumed> resumed = ServerRefill.resume(data);
    ArrayNode spaces = Output.object().putArray("spaces");
    for (ServerRefill.Resumed space : resumed) {
      spaces.addObject().put("space", space.space().toString()).put("size", space.size());
    }
    ObjectNode document = Output.object();
    document.set("spaces", spaces);
    return done(document, resumed.size() + " spaces sign again");
  }
}
