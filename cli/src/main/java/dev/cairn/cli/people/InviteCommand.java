package dev.cairn.cli.people;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.ExitCode;
import dev.cairn.cli.console.Lifetime;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.OutputFile;
import dev.cairn.cli.console.UsageException;
import dev.cairn.cli.store.Circles;
import dev.cairn.cli.store.StoreOptions;
import dev.cairn.client.Device;
import dev.cairn.client.space.NewInvitation;
import dev.cairn.protocol.roster.Role;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cairn invite}. */
@Command(
    name = "invite",
    description = {
      "Let somebody in: writes an invitation file and prints the code that opens it.",
      "Hand over the file, or its QR codes, by one way and tell the code by another."
    },
    footerHeading = "%nExample:%n",
    footer = "  cairn invite --data desk --role reporter --expires 7d --out invitation")
public final class InviteCommand extends Action {

  /** The roles an invitation can give. */
  enum Invitable {
    reporter(Role.REPORTER),
    coordinator(Role.COORDINATOR);

    private final Role role;

    Invitable(Role role) {
      this.role = role;
    }
  }

  private static final int FILE_BYTES_MAX = 16 * 1024;

  @Mixin private final StoreOptions store = new StoreOptions();

  @Option(
      names = "--role",
      required = true,
      paramLabel = "ROLE",
      description = "${COMPLETION-CANDIDATES}.")
  private Invitable role = Invitable.reporter;

  @Option(
      names = "--circle",
      paramLabel = "NAME",
      description = "A circle the newcomer reads with, by name or id; may be repeated.")
  private List<String> circles = new ArrayList<>();

  @Option(
      names = "--uses",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many devices may join with it; 1 unless said.")
  private int uses = 1;

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      defaultValue = "7d",
      description = "How long it is good for: 24h, 7d (unless said), 2w.")
  private String expires = "7d";

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where to write the invitation.")
  private Path out = Path.of("");

  @Option(names = "--qr", description = "Show the invitation as QR codes on the terminal.")
  private boolean show;

  @Option(
      names = "--png",
      paramLabel = "FOLDER",
      description = "Write its QR codes as pictures: a new folder, or an empty one.")
  private @Nullable Path pictures;

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description = "Write a page (HTML) with its QR codes, to be printed.")
  private @Nullable Path page;

  /** Prints to an output. */
  public InviteCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    if (uses < 1) {
      throw new UsageException("usage", "an invitation has at least one use", "--uses");
    }
    if (page != null && page.toAbsolutePath().equals(out.toAbsolutePath())) {
      throw new UsageException("usage", "the page would lie over the invitation", "--page");
    }
    long ends = Instant.now().getEpochSecond() + Lifetime.seconds(expires, "--expires");
    try (Device device = store.open();
        OutputFile file = OutputFile.replace(out);
        InvitationCodes codes = InvitationCodes.wanted(show, pictures, page)) {
      // Room first: nobody could be let in by an invitation that is in the log and in no file.
      file.reserve(FILE_BYTES_MAX);
      NewInvitation invitation =
          device.invite(role.role, Circles.named(device, circles), uses, ends);
      file.out().write(invitation.file());
      file.keep();
      String until = Instant.ofEpochSecond(invitation.expiresSeconds()).toString();
      ObjectNode document =
          Output.object()
              .put("code", invitation.code())
              .put("words", invitation.words())
              .put("expires", until)
              .put("invitation", invitation.statement().toString());
      boolean drawn = codes.make(invitation.file(), until, output());
      codes.describe(document);
      int told =
          done(
              document,
              "code    " + invitation.code() + "   (tell it apart from the file)",
              "words   " + invitation.words(),
              "expires " + until);
      return drawn ? told : ExitCode.FAILED;
    }
  }
}
