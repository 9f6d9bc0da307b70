package dev.cairn.client;

import dev.cairn.client.host.Host;
import dev.cairn.client.report.SealMode;
import dev.cairn.client.transport.Transports;
import dev.cairn.client.vault.KeyProtector;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.recovery.RecoverySecret;
import dev.cairn.protocol.recovery.RecoverySheet;
import dev.cairn.protocol.suite.Secret;
import java.nio.file.Path;
import java.util.Optional;

/** Opens and makes the stores of devices on one {@link Host}. */
@SuppressWarnings("DoNotCallSuggester")
public final class Stores {

  private final Host host;

  /** On this host: {@link Host#system}, or a simulated one. */
  public Stores(Host host) {
    this.host = host;
  }

  /**
   * Opens a store.
   *
   * @throws dev.cairn.client.vault.KeysLockedException if the passphrase is not the one
   */
  public Device open(Path folder, Secret passphrase, KeyProtector protector) throws CairnException {
    throw Device.missing();
  }

  /**
   * Makes the store of a new device from an invitation, without a network: reports can be recorded
   * at once, and the device is admitted at its first contact with the server.
   *
   * @param invitationFile as the coordinator handed it over
   * @param code as it was told, in any spelling
   * @param pseudonym what the member wants to be called by coordinators
   * @throws dev.cairn.protocol.UndecryptableException if the code is not that of the file
   * @throws dev.cairn.protocol.MalformedException if it is no invitation
   */
  public Device join(
      Path folder,
      Secret passphrase,
      KeyProtector protector,
      byte[] invitationFile,
      String code,
      String pseudonym,
      SealMode mode)
      throws CairnException {
    throw Device.missing();
  }

  /**
   * Founds a space on a server, as its owner. When the server cannot be reached nothing is left
   * behind; when the link dies after that, the store stays and its next sync goes on.
   *
   * @param recovery the secret that can replace a lost owner and open every circle but devices'
   *     own; without one neither can ever be done
   */
  public Device createSpace(
      Path folder,
      Secret passphrase,
      KeyProtector protector,
      byte[] serverInvitation,
      String spaceName,
      String pseudonym,
      Optional<RecoverySecret> recovery,
      Transports transports)
      throws CairnException {
    throw Device.missing();
  }

  /**
   * Makes a new owner's device with the recovery secret: cuts off the owners' devices that were
   * lost, opens a new epoch of every circle, and fetches everything.
   *
   * @param sheet the secret and its space
   * @param serverInvitation of it only address, pin and log key are used
   */
  public Device recover(
      Path folder,
      Secret passphrase,
      KeyProtector protector,
      RecoverySheet sheet,
      byte[] serverInvitation,
      String pseudonym,
      Transports transports)
      throws CairnException {
    throw Device.missing();
  }

  Host host() {
    return host;
  }
}
