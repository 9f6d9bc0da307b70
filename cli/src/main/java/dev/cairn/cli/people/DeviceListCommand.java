package dev.cairn.cli.people;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.ExitCode;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.store.StoreOptions;
import dev.cairn.client.Device;
import dev.cairn.client.space.DeviceInfo;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cairn device list}. */
@Command(
    name = "list",
    description = "List the devices of the space, with the words to compare.",
    footerHeading = "%nExample:%n",
    footer = "  cairn device list --data desk --json")
public final class DeviceListCommand extends Action {

  @Mixin private final StoreOptions store = new StoreOptions();

  /** Prints to an output. */
  public DeviceListCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    ArrayNode list = Output.array();
    try (Device device = store.open()) {
      for (DeviceInfo info : device.devices()) {
        ObjectNode line =
            list.addObject()
                .put("device", info.device().toString())
                .put("member", info.member().toString())
                .put("role", word(info.role()))
                .put("state", word(info.state()))
                .put("words", info.words());
        info.pseudonym().ifPresent(name -> line.put("pseudonym", name));
        if (!json()) {
          output().line(lineFor(info));
        }
      }
    }
    if (json()) {
      output().json(list);
    }
    return ExitCode.DONE;
  }

  private static String lineFor(DeviceInfo info) {
    return info.device().toString().substring(0, 12)
        + "  "
        + word(info.role())
        + "  "
        + word(info.state())
        + "  "
        + info.words()
        + info.pseudonym().map(name -> "  " + name).orElse("");
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
