package dev.cairn.client;

import dev.cairn.client.host.Host;
import dev.cairn.client.report.SealMode;
import dev.cairn.client.space.DeviceProfile;
import dev.cairn.client.transport.Transports;
import dev.cairn.client.vault.KeyProtector;
import dev.cairn.client.vault.StoreFolder;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.recovery.RecoverySecret;
import dev.cairn.protocol.recovery.RecoverySheet;
import dev.cairn.protocol.suite.Secret;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where an application begins: opens the store of a device, or makes one. Each store is a folder,
 * held by one process at a time and by one thread at a time.
 *
 * <p>Passphrases stay the caller's to wipe. Every method fails with a {@link
 * dev.cairn.client.store.StoreException} when the folder cannot be used, and says why.
 */
public final class Cairn {

  private static final Stores HERE = new Stores(Host.system());

  private Cairn() {}

  /**
   * Opens a store.
   *
   * @throws dev.cairn.client.vault.KeysLockedException if the passphrase is not the one
   */
  public static Device open(Path folder, Secret passphrase, KeyProtector protector)
      throws CairnException {
    return HERE.open(folder, passphrase, protector);
  }

  /** {@link Stores#join}, protected by the passphrase alone. */
  public static Device join(
      Path folder,
      Secret passphrase,
      byte[] invitationFile,
      String code,
      String pseudonym,
      SealMode mode)
      throws CairnException {
    return HERE.join(folder, passphrase, KeyProtector.NONE, invitationFile, code, pseudonym, mode);
  }

  /** {@link Stores#createSpace}, protected by the passphrase alone. */
  public static Device createSpace(
      Path folder,
      Secret passphrase,
      byte[] serverInvitation,
      String spaceName,
      String pseudonym,
      Optional<RecoverySecret> recovery,
      Consumer<? super DeviceProfile> beforeContact,
      Transports transports)
      throws CairnException {
    return HERE.createSpace(
        folder,
        passphrase,
        KeyProtector.NONE,
        serverInvitation,
        spaceName,
        pseudonym,
        recovery,
        beforeContact,
        transports);
  }

  /**
   * Destroys a store that cannot be opened any more, or was half made or half destroyed: its keys
   * first, then its files. Other files in the folder stay, and the folder with them. {@link
   * Device#wipe} says besides how many reports die.
   */
  public static void wipe(Path folder) throws CairnException {
    try (StoreFolder held = StoreFolder.forWipe(folder)) {
      held.wipe();
    }
  }

  /** {@link Stores#recover}, protected by the passphrase alone. */
  public static Device recover(
      Path folder,
      Secret passphrase,
      RecoverySheet sheet,
      byte[] serverInvitation,
      String pseudonym,
      Transports transports)
      throws CairnException {
    return HERE.recover(
        folder, passphrase, KeyProtector.NONE, sheet, serverInvitation, pseudonym, transports);
  }
}
