package dev.cairn.cli.people;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.IdPrefix;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.YesOption;
import dev.cairn.cli.store.ArchiveOption;
import dev.cairn.cli.store.StoreOptions;
import dev.cairn.client.Device;
import dev.cairn.client.space.DeviceInfo;
import dev.cairn.protocol.RefusedException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn device confirm}. */
@Command(
    name = "confirm",
    description = {
      "Say that you compared a device's words with its owner.",
      "A coordinator's device then reads with the desk: --archive says how far back."
    },
    footerHeading = "%nExample:%n",
    footer =
        "  cairn device confirm 4f2a --data desk --words \"lusab babad gutih tugad dapin\" --yes")
public final class DeviceConfirmCommand extends Action {

  @Mixin private final StoreOptions store = new StoreOptions();
  @Mixin private final YesOption yes = new YesOption();
  @Mixin private final ArchiveOption archive = new ArchiveOption();

  @Parameters(
      index = "0",
      paramLabel = "DEVICE",
      description = "The device's id, or how it begins.")
  private String prefix = "";

  @Option(
      names = "--words",
      paramLabel = "WORDS",
      description = "The words as you heard them: the device is confirmed only if they fit.")
  private @Nullable String heard;

  /** Prints to an output. */
  public DeviceConfirmCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    yes.require("a confirmation is seen by all and stands for good");
    try (Device device = store.open()) {
      DeviceInfo found =
          IdPrefix.find(prefix, device.devices(), info -> info.device().toString(), "device");
      if (heard != null && !normal(heard).equals(normal(found.words()))) {
        throw new RefusedException(
            "words.differ", "the words do not fit this device: do not confirm it");
      }
      SharedInvitation.beforeConfirming(found, heard).ifPresent(output()::say);
      device.confirmDevice(found.device(), archive.chosen());
      ObjectNode document =
          Output.object().put("device", found.device().toString()).put("state", "confirmed");
      if (!found.role().coordinates()) {
        return done(document, "confirmed " + found.device());
      }
      return done(
          document.put("archive", archive.word()),
          "confirmed " + found.device() + ", reads the desk " + archive.words());
    }
  }

  private static String normal(String words) {
    return words.trim().toLowerCase(Locale.ROOT).replaceAll("[\\s-]+", " ");
  }
}
