package dev.cairn.cli.people;

import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.Said;
import dev.cairn.cli.console.UsageException;
import dev.cairn.cli.store.StoreOptions;
import dev.cairn.client.Device;
import dev.cairn.client.report.SealMode;
import dev.cairn.client.space.DeviceProfile;
import dev.cairn.client.vault.KeyProtector;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.suite.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn join}. */
@Command(
    name = "join",
    description = {
      "Become a device of a space, without a network: reports can be recorded at once.",
      "The device is admitted when it first meets the server."
    },
    footerHeading = "%nExample:%n",
    footer = "  cairn join invitation --code 7K3M9-QX2TB --data phone --as Omar")
public final class JoinCommand extends Action {

  @Mixin private final StoreOptions store = new StoreOptions();

  @Parameters(
      arity = "1..*",
      paramLabel = "INVITATION",
      description = "The invitation file, or pictures (PNG, JPEG) of all its codes in any order.")
  private List<Path> invitation = new ArrayList<>();

  @Option(
      names = "--code",
      required = true,
      paramLabel = "CODE",
      description = "The code that was told.")
  private String code = "";

  @Option(
      names = "--as",
      converter = Said.class,
      required = true,
      paramLabel = "PSEUDONYM",
      description = "What coordinators are to call you.")
  private String pseudonym = "";

  @Option(
      names = "--seal",
      paramLabel = "WHEN",
      defaultValue = "on-receipt",
      description =
          "When reports can no longer be opened here: on-save, on-receipt (unless said),"
              + " never.")
  private String seal = "on-receipt";

  /** Prints to an output. */
  public JoinCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    SealMode mode = sealMode();
    byte[] file = HandedOver.read(invitation, output());
    Secret passphrase = store.forNewStore();
    try (Device device =
        store
            .stores()
            .join(store.folder(), passphrase, KeyProtector.NONE, file, code, pseudonym, mode)) {
      DeviceProfile profile = device.profile();
      if (mode == SealMode.NEVER) {
        output()
            .say("Nothing will be sealed: whoever has the passphrase reads what was written here.");
      }
      return done(
          Newcomer.document(profile),
          "device " + profile.device(),
          "words  " + profile.words() + "   (a coordinator compares them with you)");
    } catch (UndecryptableException e) {
      output().say("The code does not fit this invitation; nothing was made. Ask for it again.");
      throw e;
    } finally {
      passphrase.wipe();
    }
  }

  private SealMode sealMode() {
    try {
      return SealMode.parse(seal);
    } catch (MalformedException e) {
      throw new UsageException("usage", "one of on-save, on-receipt, never", "--seal");
    }
  }
}
