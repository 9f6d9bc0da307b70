package dev.cairn.cli.store;

import dev.cairn.client.RememberedKeys;
import picocli.CommandLine;

/** Many commands in one process, which stretches each passphrase once. */
public final class ManyCommands {

  private ManyCommands() {}

  /** Lets a command, and those below it, use the keys that this process has. */
  public static CommandLine rememberingKeys(CommandLine command) {
    command
        .getMixins()
        .values()
        .forEach(
            mixin -> {
              if (mixin instanceof StoreOptions store) {
                store.keptBy(RememberedKeys.stores());
              }
            });
    command.getSubcommands().values().forEach(ManyCommands::rememberingKeys);
    return command;
  }
}
