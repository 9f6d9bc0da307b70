package dev.cairn.cli.people;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.IdPrefix;
import dev.cairn.cli.console.Lifetime;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.OutputFile;
import dev.cairn.cli.console.YesOption;
import dev.cairn.cli.store.StoreOptions;
import dev.cairn.client.Device;
import dev.cairn.client.leaving.Replaced;
import dev.cairn.client.space.NewInvitation;
import dev.cairn.protocol.id.DeviceId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn member replace-device}. */
@Command(
    name = "replace-device",
    description = {
      "A member goes on with another device: the old one is cut off at the last change this desk"
          + " holds, unless it is already, and an invitation for the new one is written.",
      "The new device is the member's once you confirmed it, and then gets the keys of the circles"
          + " he read. What the old one still had can be brought by courier and accepted change by"
          + " change: cairn quarantine."
    },
    footerHeading = "%nExample:%n",
    footer = "  cairn member replace-device 4f2a --data desk --out invitation --yes")
public final class MemberReplaceDeviceCommand extends Action {

  private static final int FILE_BYTES_MAX = 16 * 1024;

  @Mixin private final StoreOptions store = new StoreOptions();
  @Mixin private final YesOption yes = new YesOption();

  @Parameters(
      index = "0",
      paramLabel = "DEVICE",
      description = "The old device's id, or how it begins.")
  private String prefix = "";

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      defaultValue = "7d",
      description = "How long the invitation is good for: 24h, 7d (unless said), 2w.")
  private String expires = "7d";

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where to write the invitation.")
  private Path out = Path.of("");

  /** Prints to an output. */
  public MemberReplaceDeviceCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    long ends = Instant.now().getEpochSecond() + Lifetime.seconds(expires, "--expires");
    yes.require("the old device is cut off, which is not taken back");
    try (Device desk = store.open();
        OutputFile file = OutputFile.replace(out)) {
      DeviceId device =
          IdPrefix.find(prefix, desk.devices(), info -> info.device().toString(), "device")
              .device();
      // Room first: nobody could be let in by an invitation that is in the log and in no file.
      file.reserve(FILE_BYTES_MAX);
      Replaced replaced = desk.suspensions().replace(device, ends);
      NewInvitation invitation = replaced.invitation();
      file.out().write(invitation.file());
      file.keep();
      String until = Instant.ofEpochSecond(invitation.expiresSeconds()).toString();
      ObjectNode document =
          Output.object()
              .put("code", invitation.code())
              .put("words", invitation.words())
              .put("expires", until)
              .put("member", replaced.member().toString());
      List<String> lines = new ArrayList<>();
      lines.add("code    " + invitation.code() + "   (tell it apart from the file)");
      lines.add("words   " + invitation.words());
      lines.add("expires " + until);
      replaced
          .suspended()
          .ifPresent(
              suspended -> {
                document.set("suspended", SuspendedLines.document(suspended, desk));
                lines.addAll(SuspendedLines.lines(suspended, desk));
              });
      lines.add("when the new device has joined and synced, compare words and confirm it");
      return done(document, lines.toArray(new String[0]));
    }
  }
}
