package dev.cairn.cli.people;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.cairn.cli.console.Action;
import dev.cairn.cli.console.Output;
import dev.cairn.cli.console.Said;
import dev.cairn.cli.console.SmallFile;
import dev.cairn.cli.console.UsageException;
import dev.cairn.cli.console.YesOption;
import dev.cairn.cli.recovery.GivenShares;
import dev.cairn.cli.store.StoreOptions;
import dev.cairn.client.Device;
import dev.cairn.client.okhttp.OkHttpTransport;
import dev.cairn.client.space.DeviceInfo;
import dev.cairn.client.space.DeviceProfile;
import dev.cairn.client.vault.KeyProtector;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.recovery.RecoverySheet;
import dev.cairn.protocol.suite.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cairn recover}. */
@Command(
    name = "recover",
    description = {
      "Make a new owner's desk with the recovery secret, after the old one was lost.",
      "The owner's devices that were lost are cut off; everything is fetched again.",
      "Where the server is lost as well, give --from what members' devices hold, and the",
      "invitation of a new server: the space is moved there. Without --yes it is only shown",
      "whom that would leave in: suspensions that none of the files holds are forgotten."
    },
    footerHeading = "%nExample:%n",
    footer =
        "  cairn recover --recovery recovery.txt --server-invitation server/server-invitation"
            + " --data desk2 --as Lina")
public final class RecoverCommand extends Action {

  /** More than the largest roster that a server takes. */
  private static final int BUNDLE_BYTES_MAX = 256 << 20;

  @Mixin private final StoreOptions store = new StoreOptions();
  @Mixin private final YesOption yes = new YesOption();

  @Option(
      names = "--recovery",
      required = true,
      paramLabel = "FILE",
      description = "The recovery secret, or one of its shares; then several times.")
  private List<Path> recovery = new ArrayList<>();

  @Option(
      names = "--server-invitation",
      required = true,
      paramLabel = "FILE",
      description = "The server's invitation: of it only address, pin and log key are used.")
  private Path serverInvitation = Path.of("");

  @Option(
      names = "--as",
      converter = Said.class,
      required = true,
      paramLabel = "PSEUDONYM",
      description = "What the owner is called.")
  private String pseudonym = "";

  @Option(
      names = "--from",
      paramLabel = "BUNDLE",
      description = {
        "Without the old server: what \"cairn bundle export --for-recovery\" wrote on a member's",
        "device. Give one of each device at hand: what lost owners signed and none of them holds",
        "has no force afterwards."
      })
  private List<Path> from = List.of();

  @Option(
      names = "--destroyed",
      description = {
        "With --from: the lost owners' devices are surely destroyed. They are not cut off, and",
        "all they ever signed stands."
      })
  private boolean destroyed;

  /** Prints to an output. */
  public RecoverCommand(Output output) {
    super(output);
  }

  @Override
  public Integer call() throws Exception {
    byte[] invitation = SmallFile.read(serverInvitation);
    if (destroyed && from.isEmpty()) {
      throw new UsageException(
          "usage", "the server knows all they signed: cut them off", "--destroyed");
    }
    RecoverySheet sheet = sheet();
    List<byte[]> bundles = new ArrayList<>();
    for (Path file : from) {
      bundles.add(SmallFile.read(file, BUNDLE_BYTES_MAX));
    }
    if (!bundles.isEmpty() && !yes.given()) {
      throw leavesIn(store.stores().leftInByHand(sheet, bundles, destroyed));
    }
    Secret passphrase = store.forNewStore();
    try (Device device = recovered(sheet, bundles, invitation, passphrase)) {
      DeviceProfile profile = device.profile();
      return done(
          Newcomer.document(profile), "space " + profile.space(), "device " + profile.device());
    } finally {
      passphrase.wipe();
      sheet.secret().wipe();
    }
  }

  /** From one file the secret itself, unless that file is a share. */
  private RecoverySheet sheet() throws CairnException, IOException {
    if (recovery.size() == 1) {
      byte[] typed = SmallFile.readPicture(recovery.get(0));
      if (!GivenShares.isShare(typed)) {
        return RecoverySheet.parse(new String(typed, StandardCharsets.UTF_8));
      }
    }
    GivenShares.Combined combined = GivenShares.read(recovery).combine();
    combined.useless().forEach(each -> output().say("left out: " + each));
    return combined.sheet();
  }

  /** Nobody can tell whom a suspension cut off that nobody brought: somebody has to look first. */
  private UsageException leavesIn(List<DeviceInfo> left) {
    UsageException missing =
        YesOption.missing(
            "of the devices known "
                + left.size()
                + " would be in, also whoever of them was cut off by a suspension that none of the"
                + " files holds");
    ArrayNode list = missing.shown().putArray("left_in");
    for (DeviceInfo info : left) {
      DeviceLines.describe(list.addObject(), info);
      if (!json()) {
        output().line(DeviceLines.line(info));
      }
    }
    return missing;
  }

  private Device recovered(
      RecoverySheet sheet, List<byte[]> bundles, byte[] invitation, Secret passphrase)
      throws CairnException {
    if (from.isEmpty()) {
      return store
          .stores()
          .recover(
              store.folder(),
              passphrase,
              KeyProtector.NONE,
              sheet,
              invitation,
              pseudonym,
              OkHttpTransport::to);
    }
    Device device = recoveredByHand(sheet, bundles, invitation, passphrase);
    output().say("first cut off whoever is in by cairn device list and should not be, and sync");
    output().say("then give the others a bundle: only by it they hear of the new server");
    return device;
  }

  /** Should it end before the new server has answered, the store may stay: that has to be said. */
  private Device recoveredByHand(
      RecoverySheet sheet, List<byte[]> bundles, byte[] invitation, Secret passphrase)
      throws CairnException {
    boolean isNew = !Files.exists(store.folder());
    try {
      return store
          .stores()
          .recoverByHand(
              store.folder(),
              passphrase,
              KeyProtector.NONE,
              sheet,
              bundles,
              destroyed,
              invitation,
              pseudonym,
              OkHttpTransport::to);
    } catch (CairnException cut) {
      if (isNew && Files.exists(store.folder())) {
        output().say("the store of the new device stays: go on with cairn space move, then sync");
      }
      throw cut;
    }
  }
}
