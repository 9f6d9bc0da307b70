package dev.cairn.simulation.server;

import dev.cairn.server.ledger.LogSigner;

/** Lets a target sign whatever it likes with the key of a server's log. */
public final class SignerDoor {

  private SignerDoor() {}

  /** The key. */
  public static LogSigner of(ServerMachine machine) {
    return machine.signer();
  }
}
