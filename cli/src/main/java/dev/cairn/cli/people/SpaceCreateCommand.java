package dev.cairn.cli.people;

import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.OutputFile;
import dev.cairn.cli.console.Said;
import dev.cairn.cli.console.SmallFile;
import dev.cairn.cli.store.StoreOptions;
import dev.cairn.client.Device;
import dev.cairn.client.okhttp.OkHttpTransport;
import dev.cairn.client.space.DeviceProfile;
import dev.cairn.client.vault.KeyProtector;
import dev.cairn.client.vault.StoreFolder;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.recovery.RecoverySecret;
import dev.cairn.protocol.recovery.RecoverySheet;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cairn space create}. */
@Command(
    name = "create",
    description = "Found a space on a server; this desk becomes its owner.",
    footerHeading = "%nExample:%n",
    footer =
        "  cairn space create --server-invitation server/server-invitation --data desk"
            + " --name \"Our space\" --as Lina --recovery-out recovery.txt")
public final class SpaceCreateCommand extends Action {

  @Mixin private final StoreOptions store = new StoreOptions();

  @Option(
      names = "--server-invitation",
      required = true,
      paramLabel = "FILE",
      description = "The file that the server wrote at its first start.")
  private Path serverInvitation = Path.of("");

  @Option(
      names = "--name",
      converter = Said.class,
      required = true,
      paramLabel = "NAME",
      description = "The space's name.")
  private String name = "";

  @Option(
      names = "--as",
      converter = Said.class,
      required = true,
      paramLabel = "PSEUDONYM",
      description = "What the owner is called.")
  private String pseudonym = "";

  @ArgGroup(multiplicity = "1")
  private RecoveryChoice recovery = new RecoveryChoice();

  /** With a recovery secret, or expressly without. */
  static final class RecoveryChoice {

    @Option(
        names = "--recovery-out",
        paramLabel = "FILE",
        description = "Where to write the recovery secret: print it, and keep it off this machine.")
    private @Nullable Path out;

    @Option(
        names = "--no-recovery",
        description = "Make none: who loses the desk then loses the space.")
    @SuppressWarnings("UnusedVariable") // what is left when the other is not given
    private boolean none;
  }

  /** Prints to an output. */
  public SpaceCreateCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    byte[] invitation = SmallFile.read(serverInvitation);
    Path out = recovery.out;
    Secret passphrase = store.forNewStore();
    try {
      if (out == null) {
        return create(passphrase, invitation);
      }
      // The file first: a space whose recovery secret could not be written would be a trap.
      try (OutputFile sheet = OutputFile.create(out)) {
        return createRecoverable(passphrase, invitation, sheet);
      }
    } finally {
      passphrase.wipe();
    }
  }

  private int createRecoverable(Secret passphrase, byte[] invitation, OutputFile sheet)
      throws CairnException, IOException {
    RecoverySecret secret = RecoverySecret.generate(Randomness.of(new SecureRandom()));
    try (Device device =
        found(
            passphrase,
            invitation,
            Optional.of(secret),
            profile -> write(sheet, profile, secret))) {
      return print(device.profile());
    } catch (UncheckedIOException unwritten) {
      throw unwritten.getCause();
    } catch (RefusedException refused) {
      if (!StoreFolder.holdsStore(store.folder())) {
        sheet.discard();
      }
      throw refused;
    } finally {
      secret.wipe();
    }
  }

  private static void write(OutputFile sheet, DeviceProfile profile, RecoverySecret secret) {
    try {
      String text = new RecoverySheet(profile.space(), secret).print();
      sheet.out().write(text.getBytes(StandardCharsets.UTF_8));
      sheet.keep();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int create(Secret passphrase, byte[] invitation) throws CairnException {
    try (Device device = found(passphrase, invitation, Optional.empty(), profile -> {})) {
      return print(device.profile());
    }
  }

  private Device found(
      Secret passphrase,
      byte[] invitation,
      Optional<RecoverySecret> secret,
      Consumer<DeviceProfile> beforeContact)
      throws CairnException {
    return store
        .stores()
        .createSpace(
            store.folder(),
            passphrase,
            KeyProtector.NONE,
            invitation,
            name,
            pseudonym,
            secret,
            beforeContact,
            OkHttpTransport::to);
  }

  private int print(DeviceProfile profile) {
    return done(
        Newcomer.document(profile), "space " + profile.space(), "device " + profile.device());
  }
}
